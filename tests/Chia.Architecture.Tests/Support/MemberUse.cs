using System.CodeDom.Compiler;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Chia.Architecture.Tests.Support;

/// <summary>
/// Which members the code of some types reads or calls. What the compiler makes of a record by itself (its text, its equality) and what
/// Orleans makes to copy it reads everything, and does not count. Constants leave no trace in compiled code and are not looked at.
/// </summary>
internal sealed class MemberUse
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly HashSet<(Module, int)> _used = [];
    private readonly List<Type> _types;

    /// <param name="types">All types that may use or be used, nested ones and those of the compiler included.</param>
    public MemberUse(IEnumerable<Type> types)
    {
        _types = [.. types.Where(t => t.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true)];
        foreach (var method in _types.SelectMany(t => t.GetMembers(All)).OfType<MethodBase>().Where(m => !IsOfRecord(m)))
        {
            if (method.GetMethodBody()?.GetILAsByteArray() is { } body)
                Add(method, body);
        }

        // Taking a record apart reads its members, if somebody does.
        foreach (var method in _types.SelectMany(t => t.GetMember("Deconstruct", All)).OfType<MethodInfo>()
            .Where(m => IsOfRecord(m) && _used.Contains((m.Module, m.MetadataToken))))
            Add(method, method.GetMethodBody()!.GetILAsByteArray()!);
    }

    /// <summary>Methods, properties and fields that nothing uses, as <c>Type.Member</c> with the namespace.</summary>
    public IEnumerable<string> Unused() =>
        _types.Where(t => !t.IsDefined(typeof(GeneratedCodeAttribute)) && !IsOfCompiler(t))
            .SelectMany(t => t.GetMembers(All).Where(IsCandidate).Where(m => !_used.Contains((m.Module, m.MetadataToken))))
            .Select(m => $"{m.DeclaringType!.FullName}.{(m.Name.StartsWith("get_", StringComparison.Ordinal) ? m.Name[4..] : m.Name)}");

    private void Add(MethodBase method, byte[] body)
    {
        var ofType = method.DeclaringType!.GetGenericArguments();
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : Type.EmptyTypes;
        foreach (var (code, token) in Instructions.In(body).Where(use => use.Code != OpCodes.Stfld && use.Code != OpCodes.Stsfld))
        {
            var member = method.Module.ResolveMember(token, ofType, ofMethod)!;
            if (member is not Type && !(member.MetadataToken == method.MetadataToken && member.Module == method.Module))
                _used.Add((member.Module, member.MetadataToken));
        }
    }

    private static bool IsCandidate(MemberInfo member) => member switch
    {
        MethodInfo method => !IsOfRecord(method) && !IsDemanded(method) && !method.Name.Contains('<', StringComparison.Ordinal)
            && !method.Name.StartsWith("set_", StringComparison.Ordinal) && !method.Name.StartsWith("op_", StringComparison.Ordinal)
            && !method.Name.StartsWith("remove_", StringComparison.Ordinal)
            && method.Name is not ("get_EqualityContract" or "Main")
            && !typeof(Delegate).IsAssignableFrom(method.DeclaringType),
        FieldInfo field => !field.IsLiteral && !field.DeclaringType!.IsDefined(typeof(InlineArrayAttribute))
            && !field.IsDefined(typeof(FixedBufferAttribute)) && !field.Name.Contains('<', StringComparison.Ordinal)
            && field.Name != "value__",
        _ => false,
    };

    /// <summary>A base type or an interface demands it, or it is what an error tells whoever catches it.</summary>
    private static bool IsDemanded(MethodInfo method) =>
        method.GetBaseDefinition() != method
        || typeof(Exception).IsAssignableFrom(method.DeclaringType)
        || (method.IsStatic && method.IsAbstract)
        || method.Name.Contains('.', StringComparison.Ordinal)
        || method.DeclaringType!.GetInterfaces().Any(i => i.GetMember(method.Name, All).Length > 0);

    private static bool IsOfRecord(MethodBase method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) && (method is ConstructorInfo || !method.IsSpecialName)
        && !method.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsOfCompiler(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsOfCompiler(outer));
}
