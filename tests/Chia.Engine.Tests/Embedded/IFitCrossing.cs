using System.Collections.Immutable;
using Orleans;

namespace Chia.Engine.Tests.Embedded;

/// <summary>A contract all of whose methods may cross without a copy. No grain implements it.</summary>
public interface IFitCrossing : IGrainWithStringKey
{
    Task<(int Number, string? Text)> Tuple(int? number, DateTimeOffset time, CancellationToken cancellationToken);

    ValueTask<ImmutableArray<FitRecord>> Records(IReadOnlyDictionary<string, FitRecord> records, ReadOnlyMemory<byte> bytes);

    Task Promise([Immutable] byte[] bytes, PromisedRecord record);
}

/// <summary>Read-only fields; the array is hidden, and given out as a span.</summary>
public sealed class FitRecord(byte[] bytes, FitRecord? parent)
{
    private readonly byte[] _bytes = [.. bytes];

    public ReadOnlySpan<byte> Bytes => _bytes;

    public FitRecord? Parent { get; } = parent;
}

[Immutable]
public sealed record PromisedRecord(byte[] Bytes);
