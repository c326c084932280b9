using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Chia.Engine.Tests.Embedded.Signatures;

/// <summary>Reads the visible types of an assembly without loading it.</summary>
internal sealed class ApiReader
{
    private const MethodAttributes Shape = MethodAttributes.Static | MethodAttributes.Abstract;

    private readonly MetadataReader _reader;
    private readonly SignatureText _text = new();

    private ApiReader(MetadataReader reader) => _reader = reader;

    /// <summary>The public types that are not nested, by full name.</summary>
    public static Dictionary<string, ApiType> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var reader = new ApiReader(image.GetMetadataReader());
        return reader._reader.TypeDefinitions
            .Select(reader._reader.GetTypeDefinition)
            .Where(t => (t.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(reader.ReadType)
            .ToDictionary(t => t.FullName);
    }

    private ApiType ReadType(TypeDefinition type)
    {
        var name = $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}";
        var @base = type.BaseType.IsNil ? "nothing" : _text.Of(_reader, type.BaseType);
        var flags = type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var members = type.GetMethods().Select(_reader.GetMethodDefinition).Where(IsVisible).Select(ReadMethod)
            .Concat(type.GetFields().Select(_reader.GetFieldDefinition).Where(IsVisible).Select(ReadField));
        return new ApiType(
            name,
            $"{flags} : {@base} {ReadTypeParameters(type.GetGenericParameters())}",
            ReadAttributeUsage(type),
            type.GetInterfaceImplementations().Select(i => _text.Of(_reader, _reader.GetInterfaceImplementation(i).Interface)).ToHashSet(),
            members.ToHashSet());
    }

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private string ReadMethod(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_text, null);
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        // Virtual and not final is what a subclass may override; "virtual final" is only how interfaces are implemented.
        var overridable = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual;
        var parameters = method.GetParameters().Select(_reader.GetParameter).Where(p => p.SequenceNumber > 0)
            .ToDictionary(p => p.SequenceNumber - 1);
        var arguments = signature.ParameterTypes.Select((type, i) =>
            parameters.TryGetValue(i, out var p) ? $"{type} {_reader.GetString(p.Name)}{ReadDefault(p)}" : type);
        return $"{access} {method.Attributes & Shape}{(overridable ? " overridable" : "")} {signature.ReturnType} "
            + $"{_reader.GetString(method.Name)}{ReadTypeParameters(method.GetGenericParameters())}({string.Join(", ", arguments)})";
    }

    private string ReadDefault(Parameter parameter) =>
        (parameter.Attributes & ParameterAttributes.Optional) == 0 ? ""
        : parameter.GetDefaultValue().IsNil ? " = default"
        : $" = {ReadConstant(parameter.GetDefaultValue())}";

    private string ReadField(FieldDefinition field)
    {
        var value = field.GetDefaultValue().IsNil ? "" : $" = {ReadConstant(field.GetDefaultValue())}";
        return $"{field.Attributes & (FieldAttributes.FieldAccessMask | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.Literal)} "
            + $"{field.DecodeSignature(_text, null)} {_reader.GetString(field.Name)}{value}";
    }

    private string ReadConstant(ConstantHandle handle)
    {
        var constant = _reader.GetConstant(handle);
        return constant.TypeCode + " " + Convert.ToHexString(_reader.GetBlobBytes(constant.Value));
    }

    private string ReadTypeParameters(GenericParameterHandleCollection handles) => handles.Count == 0 ? "" : "<" + string.Join("; ", handles.Select(h =>
    {
        var parameter = _reader.GetGenericParameter(h);
        var constraints = parameter.GetConstraints().Select(c => _text.Of(_reader, _reader.GetGenericParameterConstraint(c).Type)).Order();
        return $"{parameter.Attributes} {string.Join(",", constraints)}";
    })) + ">";

    private string ReadAttributeUsage(TypeDefinition type)
    {
        foreach (var handle in type.GetCustomAttributes())
        {
            var attribute = _reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && _text.Of(_reader, _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) == "System.AttributeUsageAttribute")
                return Convert.ToHexString(_reader.GetBlobBytes(attribute.Value));
        }
        return "";
    }
}
