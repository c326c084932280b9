using System.Reflection;
using Chia.Architecture.Tests.Support;
using Chia.Consensus.Chain;
using Chia.Cryptography.Plots;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Protocol;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Sync.Machine;

namespace Chia.Architecture.Tests;

/// <summary>Internal by default: the public types of a room are those that another room uses, and what those show.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Assembly[] RoomAssemblies =
    [
        typeof(MessageRegistry).Assembly, typeof(NodeKey).Assembly, typeof(PlotProver).Assembly, typeof(ChainState).Assembly,
        typeof(SyncMachine).Assembly, typeof(IBlockStore).Assembly, typeof(PeerDirectoryOptions).Assembly,
        typeof(Gateway.RoleGateway).Assembly, typeof(NodeSettings).Assembly,
    ];

    /// <summary>Types that other rooms use although their assemblies do not say so, and why.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["Chia.Protocol.Messages.ItemLimits"] = "its constants are copied into whoever uses them",
        ["Program"] = "made by the SDK",
    };

    [Fact]
    public void Public_types_are_those_that_another_room_uses()
    {
        var named = RoomAssemblies.SelectMany(AssemblyReferences.TypesNamedBy).ToHashSet();

        Findings.None(RoomAssemblies
            .SelectMany(room => PublicSurface.Of(room).Unused(named))
            .Select(type => type.FullName!)
            .Except(Kept.Keys)
            .Select(name => $"{name} is used by no other room: make it internal"));
    }

    [Fact]
    public void What_is_kept_is_there_and_would_be_found()
    {
        var named = RoomAssemblies.SelectMany(AssemblyReferences.TypesNamedBy).ToHashSet();

        Assert.Equal(
            Kept.Keys.Order(),
            RoomAssemblies.SelectMany(room => PublicSurface.Of(room).Unused(named)).Select(t => t.FullName!).Intersect(Kept.Keys).Order());
    }

    /// <summary>What a used type shows must be public as well; an exception is for whoever catches it.</summary>
    [Fact]
    public void What_is_shown_is_used_and_what_is_not_is_found()
    {
        var surface = new PublicSurface([typeof(IBlockStore), typeof(WriterToken), typeof(MediumReport), typeof(StoredNode)]);

        Assert.Equal([typeof(MediumReport), typeof(StoredNode)], surface.Unused(new HashSet<string> { typeof(IBlockStore).FullName! }));
    }
}
