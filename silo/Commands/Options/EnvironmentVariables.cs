using Chia.Silo.Clusters.Definition;
using Chia.Silo.Configuration;
using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Options;

/// <summary>Which variables of the environment the program reads, and which one a name that nothing reads may have been meant to
/// be.</summary>
internal static class EnvironmentVariables
{
    /// <summary>All of ours begin so. Others' may too: a platform names its services.</summary>
    private const string Prefix = "CHIA_";

    /// <summary>Letters that one slip wants beside it: CHIA_PORT, which is somebody's own, is not taken for CHIA_ROOT.</summary>
    private const int LettersPerSlip = 4;

    /// <summary>What Kubernetes tells every container of a service that is named chia, or chia-something, beside its ports.</summary>
    private const string ServiceEnding = "_SERVICE_HOST";

    /// <summary>Every variable that is read.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. ConfigSchema.All.Select(key => key.Variable)
            .Concat(ClusterEnvironment.Variables)
            .Concat([RootOptions.Variable, Instance.Variable, NodePaths.KeysVariable])
            .Distinct(),
    ];

    /// <summary>A line for each variable that nothing reads and that is a slip away from one that is read.</summary>
    /// <param name="names">Names of the variables that are set.</param>
    public static IEnumerable<string> Misspelled(IReadOnlyCollection<string> names)
    {
        var ours = names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (ours.Count == 0)
            yield break;
        var services = ours.Where(name => name.EndsWith(ServiceEnding, StringComparison.Ordinal))
            .Select(name => name[..^ServiceEnding.Length]).ToList();
        bool IsOfPlatform(string name) => services.Exists(service =>
            name.StartsWith($"{service}_SERVICE_", StringComparison.Ordinal)
            || name == $"{service}_PORT" || name.StartsWith($"{service}_PORT_", StringComparison.Ordinal));

        foreach (var name in ours.Except(All).Where(name => !IsOfPlatform(name)).Order(StringComparer.Ordinal))
        {
            var meant = Suggestion.For(name[Prefix.Length..], All.Select(known => known[Prefix.Length..]), LettersPerSlip);
            if (meant is not null)
                yield return $"nothing reads the environment variable {name}: did you mean {Prefix}{meant}?";
        }
    }
}
