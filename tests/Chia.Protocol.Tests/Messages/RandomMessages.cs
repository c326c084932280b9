using System.Collections.Immutable;
using System.Reflection;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Tests.Messages;

/// <summary>Messages with random content, built through their constructors; the same seed gives the same message.</summary>
public sealed class RandomMessages(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Every message type of the assembly.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Message).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Message)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    public Message Any() => Of(Types[_random.Next(Types.Count)]);

    public Message Of(Type type) => (Message)Construct(type);

    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter)
    {
        var optional = new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return optional && _random.Next(2) == 0 ? null : Value(parameter.ParameterType, parameter.Name!);
    }

    private object Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType)
            return List(type.GenericTypeArguments[0], name);
        if (type == typeof(byte))
            return (byte)Number(8);
        if (type == typeof(ushort))
            return (ushort)Number(16);
        if (type == typeof(uint))
            return (uint)Number(32);
        if (type == typeof(ulong))
            return Number(64);
        if (type == typeof(Role))
            return (Role)_random.Next(1, 6);
        if (type == typeof(string))
            return name == "Host" ? $"host{_random.Next(1000)}.example" : new string('ä', _random.Next(20)) + _random.Next();
        if (type == typeof(Bytes32))
            return new Bytes32(Bytes(32));
        if (type == typeof(Bytes48))
            return BlsEncoding.CanonicalPublicKey(Bytes(48));
        if (type == typeof(Bytes96))
            return Signature(plain: name == nameof(Body.AggregatedSignature));
        return type == typeof(ByteString) ? ByteString.Adopt(Bytes(Length(name))) : Construct(type);
    }

    private object List(Type item, string name)
    {
        var items = Array.CreateInstance(item, _random.Next(4) == 0 ? _random.Next(40) : _random.Next(3));
        for (var i = 0; i < items.Length; i++)
            items.SetValue(Value(item, name), i);
        return typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private int Length(string name) => name switch
    {
        nameof(ClassgroupElement.A) or nameof(ClassgroupElement.B) => ClassgroupElement.NumberSize,
        nameof(ProofOfTime.Witness) => 130 + (268 * _random.Next(4)),
        nameof(ProofOfSpace.Proof) => 8 * _random.Next(60),
        _ => _random.Next(300),
    };

    private ulong Number(int bits) => (ulong)_random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits + _random.Next(bits));

    private Bytes96 Signature(bool plain)
    {
        var bytes = Bytes(96);
        bytes[0] = (byte)(plain ? bytes[0] & ~BlsEncoding.PrependMark : bytes[0] | BlsEncoding.PrependMark);
        return BlsEncoding.CanonicalSignature(bytes);
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
