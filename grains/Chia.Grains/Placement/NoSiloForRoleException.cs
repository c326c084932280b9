namespace Chia.Grains.Placement;

/// <summary>No silo of the cluster has the role that a grain needs: calls fail at once, until one comes.</summary>
public sealed class NoSiloForRoleException : Exception
{
    /// <summary>For one grain.</summary>
    public NoSiloForRoleException(GrainId grain)
        : base($"no silo of the cluster has the role that {grain} needs: start one with `chia silo --roles`")
    {
    }
}
