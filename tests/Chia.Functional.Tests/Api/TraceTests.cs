using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>A block is one trace from its frame over the commit to the broadcast, whatever grains it goes through
/// (OPERATIONS 4).</summary>
public sealed class TraceTests
{
    /// <summary>Height of the block that comes in.</summary>
    private const int Next = 3;

    [Fact]
    public async Task A_block_is_one_trace_from_frame_to_commit_to_broadcast()
    {
        var chain = ChainVectors.Fast;
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Chia" or "Microsoft.Orleans.Runtime" or "Microsoft.Orleans.Application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var folder = new TempFolder();
        await RunningNodes.Fill(chain, folder.Path, chain.Main.Take(Next));
        await using var node = await NodeHost.Start(
            new NodeSettings
            {
                Network = chain.Network,
                Root = folder.Path,
                Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback }],
                Logging = _ => { },
                IsTraced = true,
            },
            TestContext.Current.CancellationToken);

        await using (var witness = await TestPeer.Dial(node.Port()))
        await using (var peer = await TestPeer.Dial(node.Port()))
        {
            await peer.Send(new BlockMessage(chain.Main[Next]));
            await witness.Expect<BlockMessage>(m => m.Block.Height == Next);
        }

        // Nodes of other tests in this process are listened to as well, and are not traced: none of them has this chain.
        var hash = chain.Main[Next].HeaderHash().ToString();
        Activity? commit = null;
        await Until(() => (commit = ended.FirstOrDefault(IsCommit)) is not null);
        var all = ended.ToList();
        await Until(() => OfTrace("chia.broadcast").Any() && OfTrace("chia.frame").Any());
        var frame = OfTrace("chia.frame").First();
        Assert.Contains(frame.SpanId, Ancestors(commit!));
        Assert.Equal("block", frame.GetTagItem("chia.message"));
        Assert.Contains(OfTrace("chia.broadcast.publish"), publish => Ancestors(publish).Contains(frame.SpanId));
        Assert.Contains(OfTrace("chia.broadcast"), broadcast => Ancestors(broadcast).Contains(frame.SpanId));

        bool IsCommit(Activity activity) =>
            activity.OperationName == "chia.block.commit" && (string?)activity.GetTagItem("chia.block") == hash;

        IEnumerable<Activity> OfTrace(string name)
        {
            all = [.. ended];
            return all.Where(a => a.OperationName == name && a.TraceId == commit!.TraceId);
        }

        IEnumerable<ActivitySpanId> Ancestors(Activity activity)
        {
            for (var at = activity; at is not null; at = all.Find(a => a.SpanId == at.ParentSpanId))
                yield return at.ParentSpanId;
        }
    }

    private static async Task Until(Func<bool> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline.Length)
                throw new TimeoutException();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
