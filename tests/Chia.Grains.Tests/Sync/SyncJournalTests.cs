using System.Threading.Channels;
using Chia.Grains.Sync;
using Chia.Protocol.Blocks;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Sync.Checkpoints;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Sync;

/// <summary>What a sync keeps for a restart: in order, and never at the price of the sync (CLUSTER 3).</summary>
public sealed class SyncJournalTests
{
    private static readonly VectorChain Chain = VectorChain.Load("small40");
    private static readonly SyncCheckpoint Checkpoint = new(
        Chain.TipHash, Chain.Height, Chain.Tip.Weight, ForkHeight: 0, default, Chain.Hashes, []);

    private readonly Notebook _store = new();
    private readonly ManualTime _clock = new();
    private int _superseded;

    private SyncJournal Journal =>
        field ??= new SyncJournal(_store, new WriterToken(7), () => _superseded++, _clock, NullLogger.Instance);

    [Fact]
    public async Task What_was_kept_comes_back_without_what_cannot_be_read()
    {
        Journal.Save(Checkpoint);
        Journal.Store(1, [.. Chain.Blocks.Skip(1).Take(3)]);
        await Journal.Flush();
        _store.Blocks[2] = [1, 2, 3];
        var (checkpoint, stored) = (await Journal.Load())!.Value;
        Assert.Equal((Checkpoint.Target, Checkpoint.Height), (checkpoint.Target, checkpoint.Height));
        Assert.Equal([Chain.Blocks[1], Chain.Blocks[3]], stored);
    }

    [Fact]
    public async Task Nothing_or_nonsense_is_no_checkpoint()
    {
        Assert.Null(await Journal.Load());
        _store.Checkpoint = [1, 2, 3];
        Assert.Null(await Journal.Load());
    }

    [Fact]
    public async Task Writes_are_done_one_after_the_other_in_the_order_in_which_they_were_told()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        Keep(1);
        Journal.Clear();
        Assert.Equal(["blocks 1"], _store.Begun);
        gate.SetResult();
        await _store.Written(3);
        Assert.Equal(["blocks 1", "no checkpoint", "clear"], _store.Begun);
    }

    [Fact]
    public async Task Blocks_that_are_applied_within_a_second_are_never_written()
    {
        Journal.Store(1, [.. Chain.Blocks.Skip(1).Take(5)]);
        Pass(0.9);
        Journal.Tick();
        Journal.Applied(3);
        Pass(0.2);
        await Written(1);
        Journal.Tick();
        Assert.Equal(["blocks 4, 5"], _store.Begun);
    }

    [Fact]
    public async Task Blocks_that_wait_while_a_write_is_under_way_are_written_together_by_the_next()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        for (var height = 1; height <= 3; height++)
            Keep(height);
        gate.SetResult();
        await Written(2);
        Assert.Equal(["blocks 1", "blocks 2, 3"], _store.Begun);
    }

    [Fact]
    public async Task What_waits_is_written_at_the_end_and_not_after_all_is_cleared()
    {
        Journal.Store(1, [Chain.Blocks[1]]);
        Journal.Clear();
        Journal.Store(2, [Chain.Blocks[2]]);
        await Journal.Flush();
        Assert.Equal(["no checkpoint", "clear", "blocks 2"], _store.Begun);
    }

    [Fact]
    public async Task A_write_that_fails_costs_none_of_the_next()
    {
        _store.Fault = new IOException("the disk is full");
        Keep(1);
        await Written(1);
        _store.Fault = null;
        Keep(2);
        await Written(2);
        Assert.Equal([2u], _store.Blocks.Keys);
        Assert.Equal(0, _superseded);
    }

    [Fact]
    public async Task A_writer_that_was_superseded_ends_its_sync()
    {
        _store.Fault = new StaleWriterException(new WriterToken(7), new WriterToken(8));
        Keep(1);
        await _store.Written(1);
        Assert.Equal(1, _superseded);
    }

    /// <summary>A block that is not applied soon.</summary>
    private void Keep(int height)
    {
        Journal.Store((uint)height, [Chain.Blocks[height]]);
        Pass(1);
        Journal.Tick();
    }

    /// <summary>So many writes are done, or have failed.</summary>
    private async Task Written(int writes)
    {
        while (_store.Begun.Count < writes)
        {
            Journal.Tick();
            await Task.Yield();
        }

        await _store.Written(writes);
    }

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private sealed class Notebook : ISyncStore
    {
        private readonly Channel<bool> _written = Channel.CreateUnbounded<bool>();
        private int _seen;

        public List<string> Begun { get; } = [];

        public Dictionary<uint, byte[]> Blocks { get; } = [];

        public byte[]? Checkpoint { get; set; }

        public Task Gate { get; set; } = Task.CompletedTask;

        public Exception? Fault { get; set; }

        /// <summary>So many writes are done, or have failed.</summary>
        public async Task Written(int writes)
        {
            for (; _seen < writes; _seen++)
                await _written.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }

        public Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken) =>
            Write("target", () => { });

        public Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken) =>
            Write($"blocks {string.Join(", ", blocks.Select(block => block.Height))}", () =>
            {
                foreach (var block in blocks)
                    Blocks[block.Height] = block.Bytes;
            });

        public Task ClearSync(WriterToken writer, CancellationToken cancellationToken) => Write("clear", Blocks.Clear);

        public Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken) =>
            Write(value is null ? "no checkpoint" : "checkpoint", () => Checkpoint = value);

        public Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken) => Task.FromResult(Checkpoint);

        public Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken) =>
            Task.FromResult(
                new InterruptedSync(null, [.. Blocks.Keys.Order().Select(height => new HeightEntry(height, Chain.Hashes[height]))]));

        public Task<IReadOnlyList<byte[]?>> GetSyncBlocks(IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<byte[]?>>([.. blocks.Select(block => Blocks.GetValueOrDefault(block.Height))]);

        private async Task Write(string what, Action write)
        {
            Begun.Add(what);
            try
            {
                await Gate;
                if (Fault is { } fault)
                    throw fault;
                write();
            }
            finally
            {
                Assert.True(_written.Writer.TryWrite(true));
            }
        }
    }
}
