using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>Base of the proxies that callers hold. Two references are equal when they lead to the same grain or object.</summary>
internal class GrainReference : DispatchProxy
{
    private InterfaceMap _map = null!;

    internal ICallAddress Address { get; private set; } = null!;

    public override bool Equals(object? obj) => obj is GrainReference other && SameTarget(Address, other.Address);

    public override int GetHashCode() =>
        Address is GrainAddress grain ? grain.Grain.GetHashCode() : Address.GetHashCode();

    public override string ToString() => Address is GrainAddress grain ? grain.Grain.ToString() : Address.Key;

    /// <summary>A reference of another interface to what <paramref name="addressable"/> is or leads to.</summary>
    /// <exception cref="ArgumentException">It is neither a grain nor a reference.</exception>
    internal static object To(IAddressable addressable, Type interfaceType) => addressable switch
    {
        GrainReference reference when interfaceType.IsInstanceOfType(reference) => reference,
        _ => InterfaceMap.Of(interfaceType).CreateReference(AddressOf(addressable)),
    };

    internal static string KeyOf(IAddressable addressable) => AddressOf(addressable).Key;

    internal void Bind(InterfaceMap map, ICallAddress address)
    {
        _map = map;
        Address = address;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _map.MethodFor(targetMethod!).Call(Address, args!);

    private static ICallAddress AddressOf(IAddressable addressable)
    {
        ArgumentNullException.ThrowIfNull(addressable, "grain");
        return addressable switch
        {
            GrainReference reference => reference.Address,
            IGrainBase { GrainContext: Activation activation } => activation.Address,
            _ => throw new ArgumentException(
                $"{addressable.GetType().FullName} is neither a grain nor a reference; callback objects need CreateObjectReference.", nameof(addressable)),
        };
    }

    private static bool SameTarget(ICallAddress a, ICallAddress b) =>
        a is GrainAddress grain ? b is GrainAddress other && grain.Grain == other.Grain : ReferenceEquals(a, b);
}
