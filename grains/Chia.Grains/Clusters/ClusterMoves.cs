using Chia.GrainInterfaces.Clusters;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Storage.Errors;

namespace Chia.Grains.Clusters;

/// <summary>What a sync waits out: silos that come and go, and whatever only stands between it and an answer.</summary>
internal static class ClusterMoves
{
    /// <summary>A silo, or the database, is away just now, or nobody has the role that is wanted: whoever asks again is answered. What
    /// we called off ourselves is known by our token, never by its kind.</summary>
    public static bool Explains(Exception error) =>
        CallFaults.GoesBy(error) || error is StoreException or NoSiloForRoleException or NoValidatorException;
}
