using System.Reflection;

namespace Chia.Architecture.Tests.Support;

/// <summary>
/// Which namespace of an assembly knows which: from the types that its types name (bases, members, attributes) and that their code uses.
/// Constants leave no trace in compiled code and are not seen.
/// </summary>
internal sealed class NamespaceGraph
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _arrows = new(StringComparer.Ordinal);

    public NamespaceGraph(Assembly assembly)
        : this(assembly.GetTypes())
    {
    }

    public NamespaceGraph(IEnumerable<Type> types)
    {
        var all = types.Where(t => t.Namespace is not null && !t.Namespace.StartsWith("OrleansCodeGen", StringComparison.Ordinal))
            .ToHashSet();
        foreach (var type in all)
        {
            foreach (var used in Used(type).SelectMany(Parts).Where(all.Contains))
                Add(type, used);
        }
    }

    /// <summary>Who knows whom, with a pair of types that makes it so.</summary>
    public IEnumerable<(string From, string To, string Types)> Arrows =>
        _arrows.SelectMany(from => from.Value.Select(to => (from.Key, to.Key, to.Value)));

    /// <summary>Each circle of namespaces: its members, and a type that makes each arrow.</summary>
    public IEnumerable<string> Circles()
    {
        var reach = _arrows.Keys.ToDictionary(n => n, Reachable);
        return _arrows.Keys
            .Where(n => reach[n].Contains(n))
            .GroupBy(n => string.Join(", ", reach[n].Where(m => m == n || (reach.TryGetValue(m, out var back) && back.Contains(n)))))
            .Select(circle => $"{circle.Key}: {string.Join("; ", circle.SelectMany(from => _arrows[from].Where(to => circle.Contains(to.Key)).Select(to => to.Value)))}");
    }

    private SortedSet<string> Reachable(string start)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var from))
        {
            foreach (var to in _arrows.GetValueOrDefault(from)?.Keys ?? Enumerable.Empty<string>())
            {
                if (found.Add(to))
                    open.Enqueue(to);
            }
        }

        return found;
    }

    private void Add(Type from, Type to)
    {
        if (from.Namespace == to.Namespace)
            return;
        if (!_arrows.TryGetValue(from.Namespace!, out var targets))
            _arrows.Add(from.Namespace!, targets = new(StringComparer.Ordinal));
        targets.TryAdd(to.Namespace!, $"{Outermost(from)} -> {Outermost(to)}");
    }

    private static string Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName!;

    /// <summary>The types that a type names and that its code uses, as they stand there.</summary>
    public static IEnumerable<Type> UsedBy(Type type) => Used(type).SelectMany(Parts);

    private static IEnumerable<Type> Used(Type type)
    {
        var members = type.GetMembers(All);
        return
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().Where(a => a.IsGenericParameter).SelectMany(a => a.GetGenericParameterConstraints()),
            .. type.CustomAttributes.Concat(members.SelectMany(m => m.CustomAttributes)).Select(a => a.AttributeType),
            .. members.OfType<FieldInfo>().Select(f => f.FieldType),
            .. members.OfType<MethodBase>().SelectMany(Used),
        ];
    }

    private static IEnumerable<Type> Used(MethodBase method)
    {
        var body = method.GetMethodBody();
        return
        [
            .. method.GetParameters().Select(p => p.ParameterType),
            .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
            .. body?.LocalVariables.Select(l => l.LocalType) ?? [],
            .. body?.GetILAsByteArray() is { } code ? Instructions.In(code).SelectMany(use => Resolve(method, use.Token)) : [],
        ];
    }

    private static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.GetGenericArguments();
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : Type.EmptyTypes;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodBase called => [called.DeclaringType!, .. called.IsGenericMethod ? called.GetGenericArguments() : Type.EmptyTypes],
            _ => [],
        };
    }

    /// <summary>The definitions that a type is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (!type.IsConstructedGenericType)
            return type.IsGenericParameter ? [] : [type];
        return type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition());
    }
}
