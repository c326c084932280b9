using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Grains.Diagnostics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;

namespace Chia.Grains.Chain;

/// <summary>
/// The chain in memory and in the store, kept equal: a batch of blocks is received, committed in one transaction, and only then taken
/// over. The only writer of its store. Not for several calls of <see cref="Accept"/> at once; <see cref="State"/> may be read between
/// them.
/// </summary>
public sealed class CommittedChain
{
    /// <summary>Bytes that a trial of the store writes: 32 blocks of a few kilobytes, as many as a sync commits at once.</summary>
    private const int TrialSize = 128 * 1024;

    /// <summary>Name of the checkpoint that a trial writes and removes again.</summary>
    private const string TrialCheckpoint = ".trial";

    private readonly IBlockStore _store;
    private readonly WriterToken _writer;
    private readonly TimeProvider _time;

    private CommittedChain(NetworkDefinition network, IBlockStore store, WriterToken writer, ChainState state, TimeProvider time)
    {
        Network = network;
        _store = store;
        _writer = writer;
        _time = time;
        State = state;
    }

    /// <summary>Whose chain it is.</summary>
    internal NetworkDefinition Network { get; }

    /// <summary>The committed chain.</summary>
    public ChainState State { get; }

    /// <summary>Why blocks cannot be stored at the moment, for people; null while they can.</summary>
    internal string? StoreFault { get; private set; }

    /// <summary>The store, for reading.</summary>
    internal IBlockReader Reader => _store;

    /// <summary>Loads the index, or begins a chain with the network's genesis block.</summary>
    /// <exception cref="InvalidDataException">The genesis block breaks a rule.</exception>
    public static async Task<CommittedChain> Open(
        NetworkDefinition network, IBlockStore store, IProofVerifier proofs, TimeProvider time, CancellationToken cancellation = default)
    {
        var writer = await store.TakeWriter(cancellation);
        var state = await Load(network, store, cancellation);
        var chain = new CommittedChain(network, store, writer, state, time);
        if (state.Tips.Count == 0)
            await chain.AddGenesis(proofs);
        return chain;
    }

    /// <summary>The chain as it is stored. Records go by one at a time; what the index does not keep is read again when it is asked
    /// for.</summary>
    /// <exception cref="StoreDamagedException">The store does not hang together.</exception>
    private static async Task<ChainState> Load(NetworkDefinition network, IBlockStore store, CancellationToken cancellation)
    {
        var expected = (int)Math.Min(int.MaxValue / 2, (await store.GetSummary(cancellation)).Blocks);
        var loader = new ChainLoader(network.Constants, hash => Reread(store, hash), expected);
        try
        {
            var heads = await store.ReadRecords(
                record => loader.Add(record.Height > 0 || record.HeaderHash == store.Identity.GenesisHash
                    ? record
                    : throw new InvalidDataException($"block {record.HeaderHash} at height 0 is not the network's genesis")),
                cancellation);
            var state = loader.Finish(heads.Tips);
            var agrees = heads.Heights == state.TableLength
                && (heads.Highest is not { } highest
                    || (highest.Height + 1 == state.TableLength && highest.HeaderHash == state.TableAt(highest.Height)));
            return agrees ? state : throw new InvalidDataException("the height table does not end at the tips' least common ancestor");
        }
        catch (InvalidDataException error)
        {
            throw new StoreDamagedException(store.Location, error.Message, error);
        }
    }

    /// <summary>A question of the rules to the store. They are synchronous, it is asked seldom, and it answers from memory or in one
    /// read.</summary>
    private static BlockRecord Reread(IBlockStore store, Bytes32 headerHash) =>
        store.ReadRecord(headerHash)
        ?? throw new StoreDamagedException(store.Location, $"the record of block {headerHash} is gone");

    /// <summary>
    /// Receives blocks in order and stops after the first that is not stored afterwards. What was received is committed before this
    /// returns. Where a block answers another variant of its stored parent, that variant is switched to if the blocks behind it make the
    /// chain heavier (DECISIONS 1): it is among the blocks received here, or made from the parent's own proof of time.
    /// </summary>
    /// <returns>A result for each block up to the one where it stopped.</returns>
    /// <exception cref="StoreException">Not all could be stored; what was committed before is part of the chain.</exception>
    internal async Task<IReadOnlyList<ReceiveResult>> Accept(IReadOnlyList<CheckedBlock> blocks)
    {
        var results = new List<ReceiveResult>(blocks.Count);
        var batch = State.Begin();
        while (results.Count < blocks.Count)
        {
            var block = blocks[results.Count];
            var result = batch.Receive(block, _time.GetUtcNow());
            if (result.Outcome == AcceptOutcome.ParentInOtherVariant)
            {
                await Commit(batch);
                var variant = await FindVariant(block, results.Count > 0 ? blocks[results.Count - 1] : null);
                var switched = variant is null ? [] : await TrySwitch(variant, [.. blocks.Skip(results.Count)]);
                batch = State.Begin();
                results.AddRange(switched);
                if (switched.Count > 0)
                    continue;
            }

            results.Add(result);
            if (!result.IsAdded && result.Outcome != AcceptOutcome.AlreadyHave)
                break;
        }

        await Commit(batch);
        return results;
    }

    /// <summary>
    /// Replaces a stored block by its other variant and puts blocks on top of it, if that makes the chain heavier (DECISIONS 1).
    /// Nothing changes otherwise.
    /// </summary>
    internal async Task<bool> SwitchVariant(CheckedBlock otherVariant, IReadOnlyList<CheckedBlock> children) =>
        (await TrySwitch(otherVariant, children)).Count > 0;

    /// <summary>Results of the blocks that were added on top of the variant; none if nothing changed.</summary>
    private async Task<IReadOnlyList<ReceiveResult>> TrySwitch(CheckedBlock variant, IReadOnlyList<CheckedBlock> children)
    {
        var batch = State.Begin();
        var now = _time.GetUtcNow();
        if (batch.SwitchVariant(variant, now) != SwitchKind.Switched)
            return [];
        var results = children.Select(child => batch.Receive(child, now)).TakeWhile(result => result.IsAdded).ToList();
        if (batch.HeaviestTip!.TotalWeight <= State.HeaviestTip!.TotalWeight)
            return [];
        await Commit(batch);
        return results;
    }

    /// <summary>The variant of a stored block whose challenge a child answers.</summary>
    private async Task<CheckedBlock?> FindVariant(CheckedBlock child, CheckedBlock? previous)
    {
        var wanted = child.Block.HeaderBlock.ProofOfSpace.ChallengeHash;
        if (previous is not null && previous.HeaderHash == child.PrevHeaderHash && previous.ChallengeHash == wanted)
            return previous;
        return State.TryGet(child.PrevHeaderHash, out var parent) && await _store.GetBlock(parent.HeaderHash) is { } bytes
            ? ChallengeVariants.TryRebuild(Network.Constants, StreamableExtensions.Decode<FullBlock>(bytes), parent.Quality, wanted)
            : null;
    }

    /// <summary>Whether it is the store that refuses (no room, no disk, no server), and not the caller that is at fault.</summary>
    internal static bool IsRefusal(StoreException error) => error is not (StaleWriterException or CommitRefusedException);

    /// <summary>
    /// Tries whether the store takes a commit again, with as much as a batch of blocks is. Changes nothing of the chain: before it writes
    /// the tips it looks whether they are those that the store has, since a server that is away may have carried out the commit that it
    /// did not answer.
    /// </summary>
    /// <exception cref="StaleWriterException">Another writer owns it.</exception>
    /// <exception cref="ChainOutdatedException">It has more than this chain.</exception>
    internal async Task<bool> TryStore()
    {
        try
        {
            // A commit that is still under way ends before this does: both want the writer's row.
            await _store.SetCheckpoint(_writer, TrialCheckpoint, new byte[TrialSize]);
            if (!IsAllOf(await _store.GetSummary()))
                throw new ChainOutdatedException(_store.Location);
            await Store(EndOfTrial());
            return true;
        }
        catch (StoreException error) when (IsRefusal(error))
        {
            return false;
        }
    }

    /// <summary>The chain in memory is what the store has.</summary>
    private bool IsAllOf(ChainSummary stored) =>
        stored.Blocks == State.BlockCount
        && stored.Tips.Select(tip => (tip.HeaderHash, tip.ChallengeHash))
            .SequenceEqual(State.Tips.Select(tip => (tip.HeaderHash, tip.ChallengeHash)));

    private async Task AddGenesis(IProofVerifier proofs)
    {
        var verdict = new BlockChecker(Network.Constants, ProvenGenesis.VerifierOf(Network, proofs)).Check(Network.Genesis());
        if (!verdict.IsAccepted)
            throw new InvalidDataException($"the genesis block of network '{Network.NetworkId}' breaks a rule: {verdict.Rejection}");
        var result = (await Accept([verdict.Value]))[0];
        if (result.Outcome != AcceptOutcome.AddedToHead)
            throw new InvalidDataException($"the genesis block of network '{Network.NetworkId}' breaks a rule: {result.Rejection}");
    }

    private async Task Commit(ChainBatch batch)
    {
        if (!batch.HasChanges)
            return;
        await Store(ToStored(batch.ToCommit()));
        State.Apply(batch);
    }

    private async Task Store(ChainCommit commit)
    {
        try
        {
            var started = _time.GetTimestamp();
            await _store.Commit(_writer, commit);
            ChiaMeter.Committed(_time.GetElapsedTime(started));
            StoreFault = null;
        }
        catch (StoreException error) when (IsRefusal(error))
        {
            StoreFault = error.Message;
            throw;
        }
    }

    /// <summary>A commit that leaves the chain as it is and removes the trial checkpoint.</summary>
    private ChainCommit EndOfTrial() => new()
    {
        Tips = [.. State.Tips.Select(tip => tip.HeaderHash)],
        Checkpoints = new Dictionary<string, byte[]?> { [TrialCheckpoint] = null },
    };

    private ChainCommit ToStored(ChainChange commit)
    {
        var removed = new List<uint>();
        for (var height = commit.HeightTable.Length; height < State.TableLength; height++)
            removed.Add(height);
        return new ChainCommit
        {
            BlocksAdded = [.. commit.Blocks.Select(b => StoredBlock.Create(b.Block, b.Record))],
            BlocksRemoved = commit.RemovedBlocks,
            Tips = commit.Tips,
            HeightsRemoved = removed,
            HeightsSet = commit.HeightTable.Set,
        };
    }
}
