using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>The methods of a grain or callback interface, and how to make references of it.</summary>
internal sealed class InterfaceMap
{
    private static readonly ConcurrentDictionary<Type, InterfaceMap> Maps = new();
    private static readonly MethodInfo CreateProxy = typeof(DispatchProxy).GetMethod(nameof(DispatchProxy.Create), 2, [])!;

    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods;
    private readonly Func<object> _create;

    private InterfaceMap(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type.FullName} is not a grain or callback interface.");
        _methods = type.GetInterfaces().Append(type)
            .SelectMany(t => t.GetMethods().Where(m => !m.IsStatic).Select(m => (Interface: t, Method: m)))
            .ToFrozenDictionary(m => m.Method, m => GrainMethod.Create(m.Interface, m.Method));
        _create = CreateProxy.MakeGenericMethod(type, typeof(GrainReference)).CreateDelegate<Func<object>>();
    }

    internal static InterfaceMap Of(Type type) => Maps.GetOrAdd(type, static t => new InterfaceMap(t));

    internal GrainMethod MethodFor(MethodInfo method) => _methods[method];

    internal object CreateReference(ICallAddress address)
    {
        var reference = (GrainReference)_create();
        reference.Bind(this, address);
        return reference;
    }
}
