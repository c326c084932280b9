using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Storage.Errors;

namespace Chia.Grains.Clusters;

/// <summary>
/// Tells what goes by from what is wrong: while silos come and go, a call may fail in many ways, and whoever asks again is answered.
/// </summary>
internal static class ClusterMoves
{
    /// <summary>
    /// The call was not answered because a silo, or the database, is away just now. Orleans gives calls up that it was placing with a
    /// silo that went, and says so as a cancellation: what we called off ourselves is known by our token, never by its kind.
    /// </summary>
    public static bool Explains(Exception error) => error is OrleansException or TimeoutException or OperationCanceledException
        or StoreException or NoSiloForRoleException or NoValidatorException;
}
