using Chia.GrainInterfaces.Peers;
using Chia.Grains.Sync;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Sync;

/// <summary>Whom the sync knows, and how it speaks of them.</summary>
public sealed class SyncPeersTests
{
    private readonly SyncPeers _peers = new();

    private static PeerConnection Peer(string id) => TestPeers.Connection(Role.FullNode, Role.FullNode, id);

    [Fact]
    public async Task Those_whom_the_directory_lists_and_who_were_not_told_are_new()
    {
        _peers.Add(Peer("told"));
        var unknown = await _peers.FindUnknown(() => Task.FromResult<PeerConnection[]>([Peer("told"), Peer("listed")]));
        Assert.Equal("listed", Assert.Single(unknown).ConnectionId.ToString());
    }

    [Fact]
    public async Task One_that_went_while_the_directory_was_asked_is_not_taken_in()
    {
        _peers.Add(Peer("gone"));
        var answer = new TaskCompletionSource<PeerConnection[]>();
        var unknown = _peers.FindUnknown(() => answer.Task);
        _peers.Remove(Peer("gone").ConnectionId);
        answer.SetResult([Peer("gone")]);
        Assert.Empty(await unknown);

        // What went before a question was asked is in the answer only if it has come back.
        Assert.Single(await _peers.FindUnknown(() => Task.FromResult<PeerConnection[]>([Peer("gone")])));
    }

    [Fact]
    public void Few_are_named_and_many_are_counted()
    {
        var connected = Enumerable.Range(0, 7).Select(i => Peer($"peer{i}")).ToList();
        var ids = connected.ConvertAll(peer => peer.ConnectionId);
        Assert.Equal("nobody who is still connected", _peers.Describe(ids));
        connected.ForEach(_peers.Add);
        Assert.Equal($"{connected[0].Describe()}, {connected[1].Describe()}", _peers.Describe(ids[..2]));
        Assert.EndsWith(" and 2 more", _peers.Describe(ids), StringComparison.Ordinal);
    }
}
