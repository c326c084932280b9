using System.CodeDom.Compiler;
using System.Reflection;

namespace Chia.Architecture.Tests.Support;

/// <summary>The public types of a room. Nested ones belong to the type around them.</summary>
internal sealed class PublicSurface(IEnumerable<Type> types)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly List<Type> _types = [.. types.OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static PublicSurface Of(Assembly room) =>
        new(room.GetExportedTypes().Where(type => !type.IsNested && !type.IsDefined(typeof(GeneratedCodeAttribute))
            && type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true));

    /// <summary>Types that nobody names, and that no type which somebody names shows in its signatures.</summary>
    /// <param name="named">Full names of the types that others name.</param>
    public IEnumerable<Type> Unused(IReadOnlySet<string> named)
    {
        var known = _types.ToHashSet();
        var used = _types.Where(type => named.Contains(type.FullName!) || typeof(Exception).IsAssignableFrom(type)).ToHashSet();
        for (var queue = new Queue<Type>(used); queue.TryDequeue(out var type);)
        {
            foreach (var shown in ShownBy(type).Select(Outermost).Where(shown => known.Contains(shown) && used.Add(shown)))
                queue.Enqueue(shown);
        }

        return _types.Except(used);
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } around ? Outermost(around) : type;

    private static IEnumerable<Type> ShownBy(Type type) =>
        type.GetInterfaces()
            .Append(type.BaseType)
            .Concat(type.GetGenericArguments())
            .Concat(type.GetMembers(Declared).SelectMany(ShownBy))
            .SelectMany(Parts);

    private static IEnumerable<Type?> ShownBy(MemberInfo member) => member switch
    {
        MethodInfo method when IsShown(method) =>
            method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).Concat(method.GetGenericArguments()),
        ConstructorInfo made when IsShown(made) => made.GetParameters().Select(p => p.ParameterType),
        FieldInfo { IsPublic: true } field => [field.FieldType],
        Type { IsNestedPublic: true } nested => ShownBy(nested),
        _ => [],
    };

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>A type taken apart: elements of arrays, arguments of generic types.</summary>
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericParameter: true } => type.GetGenericParameterConstraints().SelectMany(Parts),
        { IsGenericType: true } => type.GetGenericArguments().Where(argument => !argument.IsGenericParameter).SelectMany(Parts)
            .Append(type.GetGenericTypeDefinition()),
        _ => [type],
    };
}
