using Orleans;

namespace Chia.Engine.Tests.Embedded;

/// <summary>A contract none of whose methods may cross without a copy. No grain implements it.</summary>
public interface IUnfitCrossing : IGrainWithStringKey
{
    Task Array(byte[] value);

    Task<List<int>> List();

    Task Anything(object value);

    Task<Settable> Settable();

    Task Nested(Nested value);

    Task ExposedArray(ExposedArray value);

    Task Subclass(Base value);

    Task ListOfSettable(IReadOnlyList<Settable> value);
}

public sealed record Settable
{
    public int Value { get; set; }
}

public sealed record Nested(Settable Inner);

public sealed record ExposedArray(byte[] Bytes);

public record Base(int Number);

public sealed record Derived(int Number) : Base(Number)
{
    public int Value { get; set; }
}
