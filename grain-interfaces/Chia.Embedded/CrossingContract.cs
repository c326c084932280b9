using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded;

/// <summary>
/// The engine hands arguments and results over as they are, where Orleans makes copies. That is the same thing only for values
/// that nobody can change, so that everything in a grain contract has to be of such a type. A test of the solution asks here.
/// </summary>
/// <remarks>
/// Fit are: numbers, strings, enums and the like; references to grains and callback objects; whatever is marked
/// <c>[Immutable]</c>, type or parameter; read-only and immutable collections of fit types; classes whose instance fields are all
/// read-only and of fit types; structs of fit types. An array may be a private field, as the store of a type that copies it or
/// gives out spans, but no public member.
/// </remarks>
public static class CrossingContract
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(IPAddress),
        typeof(CancellationToken), typeof(void), typeof(Task), typeof(ValueTask),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Task<>), typeof(ValueTask<>), typeof(Nullable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>),
        typeof(IReadOnlyDictionary<,>), typeof(IReadOnlySet<>), typeof(ReadOnlyMemory<>), typeof(KeyValuePair<,>),
    ];

    /// <summary>What in the grain and callback interfaces of an assembly is not fit to cross.</summary>
    /// <param name="contracts">The assembly.</param>
    /// <returns>A line for each, "Interface.Method: why"; none when all is well.</returns>
    public static IReadOnlyList<string> Violations(Assembly contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        var violations = new List<string>();
        var interfaces = contracts.GetTypes().Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t));
        foreach (var method in interfaces.SelectMany(t => t.GetMethods()))
        {
            foreach (var parameter in method.GetParameters().Append(method.ReturnParameter))
            {
                if (!parameter.IsDefined(typeof(ImmutableAttribute)) && Unfit(parameter.ParameterType, []) is { } why)
                    violations.Add($"{method.DeclaringType!.Name}.{method.Name}: {why}");
            }
        }
        return violations;
    }

    /// <summary>Why a type is not fit to cross; null when it is.</summary>
    private static string? Unfit(Type type, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type.IsEnum || Plain.Contains(type) || type.IsDefined(typeof(ImmutableAttribute), false)
            || (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)) || !seen.Add(type))
            return null;
        if (type.IsArray)
            return $"{type.Name} can be changed";
        if (type.IsGenericType && (Containers.Contains(type.GetGenericTypeDefinition()) || IsImmutableCollection(type)))
            return type.GetGenericArguments().Select(t => Unfit(t, seen)).FirstOrDefault(why => why is not null);
        if (type.IsInterface || type == typeof(object) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && !IsTuple(type))
            return $"{type.Name} can be changed, or be anything";
        return UnfitFields(type, seen) ?? UnfitSubclass(type, seen);
    }

    private static string? UnfitFields(Type type, HashSet<Type> seen)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var property in level.GetProperties(declared).Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0))
            {
                if (property.PropertyType.IsArray && !property.IsDefined(typeof(ImmutableAttribute)))
                    return $"{level.Name}.{property.Name} is an array";
            }
            foreach (var field in level.GetFields(declared))
            {
                if (field.IsDefined(typeof(ImmutableAttribute)))
                    continue;
                if (!field.IsInitOnly && !level.IsValueType)
                    return $"{level.Name}.{NameOf(field)} can be changed";
                var hidden = field.FieldType.IsArray && field.IsPrivate;
                if (Unfit(hidden ? field.FieldType.GetElementType()! : field.FieldType, seen) is { } why)
                    return $"{level.Name}.{NameOf(field)}: {why}";
            }
        }
        return null;
    }

    // A value of a class may be one of a subclass.
    private static string? UnfitSubclass(Type type, HashSet<Type> seen) => type.IsSealed
        ? null
        : type.Assembly.GetTypes().Where(t => t.BaseType == type).Select(t => Unfit(t, seen)).FirstOrDefault(why => why is not null);

    private static bool IsImmutableCollection(Type type) =>
        type.Namespace == typeof(ImmutableArray).Namespace || type.Namespace == "System.Collections.Frozen";

    private static bool IsTuple(Type type) => type.IsValueType && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
