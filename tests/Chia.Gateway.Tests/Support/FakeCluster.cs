using System.Reflection;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Primitives;
using Orleans;

namespace Chia.Gateway.Tests.Support;

/// <summary>A cluster of a few grains that the test plays itself. Anything else that is asked of it is an error of the test.</summary>
public class FakeCluster : DispatchProxy
{
    private FakeDirectory _directory = null!;
    private FakePeerGrain _peer = null!;

    /// <summary>The node behind the connections, if the test has one.</summary>
    public IFullNodeGrain? FullNode { get; set; }

    /// <summary>Its streams, if the test has any.</summary>
    internal FakeStreams? Streams { get; set; }

    internal static IClusterClient Create(FakeDirectory directory, FakePeerGrain peer)
    {
        var client = Create<IClusterClient, FakeCluster>();
        ((FakeCluster)(object)client)._directory = directory;
        ((FakeCluster)(object)client)._peer = peer;
        return client;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.GetGenericArguments().FirstOrDefault();
        return targetMethod.Name switch
        {
            "GetGrain" when type == typeof(IPeerDirectoryGrain) => _directory,
            "GetGrain" when type == typeof(IPeerGrain) => _peer,
            "GetGrain" when type == typeof(IFullNodeGrain) => FullNode,
            "GetGrain" when type == typeof(IBroadcastGrain) => Publisher((string)args![0]!),
            "get_ServiceProvider" when Streams is not null => Streams.Services(),
            "CreateObjectReference" => args![0],
            "DeleteObjectReference" => _peer.Forget(),
            _ => throw new NotSupportedException($"{targetMethod}"),
        };
    }

    /// <summary>Of a node, for an audience: key <c>main/FullNode/Farmer</c>.</summary>
    private FakePublisher Publisher(string key) => new((FakeNode)FullNode!, Enum.Parse<Role>(key[(key.LastIndexOf('/') + 1)..]));
}
