using System.Diagnostics;

namespace Chia.Grains.Diagnostics;

/// <summary>Activities for traces (OPERATIONS 4): nothing is made while nobody listens.</summary>
internal static class ChiaActivity
{
    /// <summary>Name of the source.</summary>
    public const string Name = "Chia";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins one; null if nobody listens.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);
}
