using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Requests;

/// <summary>A node that the API answers for. Everything is asked of its grains, so that any process of a cluster can answer.</summary>
/// <param name="Name">What <c>?node=</c> calls it.</param>
/// <param name="Key">Key of its grains.</param>
/// <param name="Network">Its network.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Grains">Its grains.</param>
/// <param name="Status">Its status.</param>
/// <param name="Stop">Ends the process that runs it.</param>
internal sealed record ApiNode(
    string Name,
    string Key,
    NetworkDefinition Network,
    IReadOnlyList<Role> Roles,
    IGrainFactory Grains,
    StatusReader Status,
    Action Stop)
{
    /// <summary>Why its grains cannot be asked yet; null if they can.</summary>
    public Func<string?> Away { get; init; } = () => null;

    /// <summary>Its grains.</summary>
    /// <exception cref="SiloUnavailableException">They cannot be asked yet.</exception>
    public IGrainFactory Grains { get => Reached(field); } = Grains;

    /// <summary>Its status.</summary>
    /// <exception cref="SiloUnavailableException">Its grains cannot be asked yet.</exception>
    public StatusReader Status { get => Reached(field); } = Status;

    /// <summary>Levels of the process that answers; null if they cannot be changed.</summary>
    public LogLevels? Levels { get; init; }

    /// <summary>Log lines of the process that answers; null if it keeps none.</summary>
    public LogMemory? Logs { get; init; }

    public bool Has(Role role) => Roles.Contains(role);

    private T Reached<T>(T asked) => Away() is { } why ? throw new SiloUnavailableException(why) : asked;
}
