using System.Reflection;
using Orleans;

namespace Chia.Embedded.Engine;

/// <summary>Finds the class behind an interface, by Orleans' rules.</summary>
internal sealed class GrainClassMap
{
    private readonly Dictionary<Type, List<GrainClass>> _classes = [];

    internal GrainClassMap(IEnumerable<Assembly> assemblies, TimeSpan collectionAge)
    {
        var names = new Dictionary<string, GrainClass>(StringComparer.Ordinal);
        foreach (var type in assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(IsGrainClass))
        {
            var grainClass = new GrainClass(type, collectionAge);
            if (!names.TryAdd(grainClass.TypeName, grainClass))
                throw new InvalidOperationException($"{type.FullName} and {names[grainClass.TypeName].Type.FullName} have the same grain type name '{grainClass.TypeName}'.");
            foreach (var @interface in grainClass.Interfaces)
            {
                InterfaceMap.Of(@interface); // says at start what is wrong with it
                if (!_classes.TryGetValue(@interface, out var classes))
                    _classes.Add(@interface, classes = []);
                classes.Add(grainClass);
            }
        }
    }

    /// <summary>The class that serves an interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="prefix">Start of the full class name, or null.</param>
    /// <exception cref="ArgumentException">None fits, or several do.</exception>
    internal GrainClass Find(Type interfaceType, string? prefix)
    {
        var classes = _classes.GetValueOrDefault(interfaceType) ?? [];
        if (!string.IsNullOrWhiteSpace(prefix))
        {
            classes = classes.FindAll(c => c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal));
            return classes.Find(c => c.Type.FullName == prefix) ?? Single(interfaceType, classes, $" with the class name prefix \"{prefix}\"");
        }
        // A class named as the interface without its "I" is the interface's own.
        return classes.Count > 1 && classes.Find(c => interfaceType.Name.AsSpan(1).SequenceEqual(c.Type.Name)) is { } own
            ? own
            : Single(interfaceType, classes, string.Empty);
    }

    private static GrainClass Single(Type interfaceType, List<GrainClass> classes, string detail) => classes switch
    {
        [var only] => only,
        [] => throw new ArgumentException($"No grain class implements {interfaceType.FullName}{detail}."),
        _ => throw new ArgumentException(
            $"More than one grain class implements {interfaceType.FullName}{detail}: {string.Join(", ", classes.Select(c => c.Type.FullName))}."),
    };

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type)
        && typeof(IGrain).IsAssignableFrom(type);
}
