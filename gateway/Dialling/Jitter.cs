namespace Chia.Gateway.Dialling;

/// <summary>A little chance in every pause before a dial: nodes that started together do not dial each other in step for ever.</summary>
internal static class Jitter
{
    /// <summary>Between three and five quarters of a pause.</summary>
    public static TimeSpan Around(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() / 2));
}
