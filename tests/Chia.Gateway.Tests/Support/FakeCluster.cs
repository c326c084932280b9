using System.Reflection;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Orleans;

namespace Chia.Gateway.Tests.Support;

/// <summary>A cluster of a few grains that the test plays itself. Anything else that is asked of it is an error of the test.</summary>
public class FakeCluster : DispatchProxy
{
    private FakeDirectory _directory = null!;
    private FakePeerGrain _peer = null!;

    /// <summary>The node behind the connections, if the test has one.</summary>
    public IFullNodeGrain? FullNode { get; set; }

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
            "CreateObjectReference" => args![0],
            "DeleteObjectReference" => _peer.Forget(),
            _ => throw new NotSupportedException($"{targetMethod}"),
        };
    }
}
