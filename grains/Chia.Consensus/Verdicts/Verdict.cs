using System.Diagnostics.CodeAnalysis;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Verdicts;

/// <summary>Either what a validation yields or why it rejects.</summary>
/// <typeparam name="T">What it yields.</typeparam>
public readonly struct Verdict<T>
    where T : class
{
    /// <summary>Accepted.</summary>
    public Verdict(T value) => Value = value;

    /// <summary>Rejected.</summary>
    public Verdict(Rejection rejection) => Rejection = rejection;

    /// <summary>The result, if accepted.</summary>
    public T? Value { get; }

    /// <summary>The reason, if rejected.</summary>
    public Rejection? Rejection { get; }

    /// <summary>True if there is a result.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Value is not null;

    /// <summary>The rejection, or "accepted".</summary>
    public override string ToString() => Rejection?.ToString() ?? "accepted";
}

/// <summary>Why something is not valid.</summary>
/// <param name="Rule">The first rule that it breaks.</param>
/// <param name="Detail">The values, for people.</param>
public sealed record Rejection(ConsensusRule Rule, string Detail)
{
    /// <summary>A value is not the one that follows from something else.</summary>
    internal static Rejection Mismatch(ConsensusRule rule, Bytes32 found, Bytes32 expected) => new(rule, $"{found}, expected {expected}");

    /// <summary>Rule and detail in one line.</summary>
    public override string ToString() => $"{Rule}: {Detail}";
}
