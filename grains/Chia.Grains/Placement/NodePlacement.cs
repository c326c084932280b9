using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chia.Protocol.Primitives;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Chia.Grains.Placement;

/// <summary>
/// The grains of one node that ask each other all the time (chain, sync, full node, directory, broadcasts) live on one silo; those of
/// another node perhaps on another. Where a new one goes follows from the node's name and the silos that are there.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WithItsNodeAttribute() : PlacementAttribute(new NodePlacement());

/// <summary>The strategy behind <see cref="WithItsNodeAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("chia.NodePlacement")]
internal sealed class NodePlacement : PlacementStrategy;

/// <summary>Highest hash wins: when a silo comes or goes, only the nodes that it wins or had are placed elsewhere than before.</summary>
internal sealed class NodePlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (silos.Length == 0)
            throw new NoSiloForRoleException(target.GrainIdentity);
        return Task.FromResult(
            IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) ?? Best(NodeOfGrain.Of(target.GrainIdentity), silos));
    }

    internal static SiloAddress Best(NodeName node, IEnumerable<SiloAddress> silos) =>
        silos.MaxBy(
            silo => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{node}@{silo.ToParsableString()}"))))!;
}

/// <summary>No silo of the cluster has the role that a grain needs: calls fail at once, until one comes.</summary>
public sealed class NoSiloForRoleException : Exception
{
    /// <summary>For one grain.</summary>
    public NoSiloForRoleException(GrainId grain)
        : base($"no silo of the cluster has the role that {grain} needs: start one with `chia silo --roles`")
    {
    }
}
