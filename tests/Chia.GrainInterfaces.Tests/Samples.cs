using System.Collections;
using System.Globalization;
using System.Reflection;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Tests;

/// <summary>Values of any contract type, no two members alike and none at its default, so that a member that gets lost is seen.</summary>
internal sealed class Samples
{
    private int _next;

    public object Of(Type type)
    {
        _next++;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsArray)
            return ArrayOf(type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return Activator.CreateInstance(type, ArrayOf(type.GetGenericArguments()[0]))!;
        if (type == typeof(bool))
            return true;
        if (type.IsPrimitive)
            return Convert.ChangeType(_next, type, CultureInfo.InvariantCulture);
        if (type == typeof(string))
            return $"text {_next}";
        if (type == typeof(Guid))
            return new Guid(_next, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromTicks(_next);
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddSeconds(_next).ToOffset(TimeSpan.FromHours(2));
        if (type == typeof(Bytes32))
            return new Bytes32([.. Enumerable.Range(0, Bytes32.Size).Select(i => (byte)((i * 7) + _next))]);
        if (type == typeof(NodeName))
            return NodeName.Parse($"node-{_next}");
        if (type == typeof(ConnectionId))
            return ConnectionId.Parse($"connection {_next}");
        if (type == typeof(PeerHost))
            return PeerHost.Parse($"host{_next}.example");
        if (type == typeof(PeerAddress))
            return PeerAddress.Of(PeerHost.Parse($"host{_next}.example"), (ushort)_next);
        // A reference to a grain or an observer is made and written by Orleans, which does not run here: what lies beside it counts.
        if (typeof(IAddressable).IsAssignableFrom(type))
            return null!;
        return type == typeof(Message) ? new PingMessage() : ObjectOf(type);
    }

    private Array ArrayOf(Type element)
    {
        var array = Array.CreateInstance(element, 3);
        for (var i = 0; i < array.Length; i++)
            array.SetValue(Of(element), i);
        return array;
    }

    private object ObjectOf(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        // Of several of one argument, the one that takes what is written.
        constructor = type.GetConstructor([typeof(byte[])]) ?? constructor;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
            property.SetValue(made, Of(property.PropertyType));
        return made;
    }

    /// <summary>Where two values differ: a path of members; null when they are alike. Members that are not written do not count.</summary>
    public static string? Difference(object? left, object? right, string path = "")
    {
        if (left is null || right is null || left.GetType() != right.GetType())
            return left is null && right is null ? null : path;
        var type = left.GetType();
        if (type.IsPrimitive || type.IsEnum || type.Namespace!.StartsWith("System", StringComparison.Ordinal) && left is not IList
            || left is string or Bytes32)
            return left.Equals(right) ? null : path;
        if (left is IList list && right is IList other)
        {
            return list.Count != other.Count
                ? $"{path}.Count"
                : Enumerable.Range(0, list.Count).Select(i => Difference(list[i], other[i], $"{path}[{i}]"))
                    .FirstOrDefault(d => d is not null);
        }

        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(f => !f.IsDefined(typeof(NonSerializedAttribute), false))
            .Select(f => Difference(f.GetValue(left), f.GetValue(right), $"{path}.{f.Name}"))
            .FirstOrDefault(d => d is not null);
    }
}
