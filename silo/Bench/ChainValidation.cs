using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Bench;

/// <summary>
/// Validates a recorded chain in memory, as a sync does: headers first, then blocks, both in parts; the context-free rules of many blocks
/// at once, the contextual ones in order. When the chain ends before the time is up, it begins again, and nothing is remembered of the
/// last round.
/// </summary>
internal sealed class ChainValidation
{
    /// <summary>Headers that are checked together; a sync gives each thread 120 of a machine with two.</summary>
    private const int Part = 5 * BlocksTogether;

    /// <summary>Blocks that are checked together: what a sync gives a thread.</summary>
    private const int BlocksTogether = 8;

    private readonly ChainInput _input;
    private readonly ProofVerifier _proofs;
    private readonly CheckedBlock?[] _checked;
    private readonly object _gate = new();
    private ChainState _state;
    private ExceptionDispatchInfo? _failure;
    private long _deadline;
    private long _busy;
    private int _taken;
    private int _applied;

    public ChainValidation(ChainInput input)
    {
        _input = input;
        _proofs = new ProofVerifier(Timings);
        _checked = new CheckedBlock?[input.Records.Count];
        _state = new ChainState(input.Network.Constants);
    }

    /// <summary>Where the time went, summed over threads.</summary>
    public ValidationTimings Timings { get; } = new();

    /// <summary>Time of all threads together.</summary>
    public TimeSpan Busy => Stopwatch.GetElapsedTime(0, _busy);

    /// <summary>Blocks validated and applied.</summary>
    public long Blocks { get; private set; }

    /// <summary>Validates until the time is up.</summary>
    /// <returns>Seconds until the last block was applied.</returns>
    public double Run(int threads, TimeSpan time, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        _deadline = started + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"bench {i}" }).ToList();
        using var stop = cancellation.Register(() => Interlocked.Exchange(ref _deadline, 0));
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        cancellation.ThrowIfCancellationRequested();
        _failure?.Throw();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private void Work()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            while (Take() is var (first, count))
            {
                var blocks = Check(_input.Records.Skip(first).Take(count));
                lock (_gate)
                {
                    blocks.CopyTo(_checked, first);
                    Apply();
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(error);
                _deadline = 0;
                Monitor.PulseAll(_gate);
            }
        }

        Interlocked.Add(ref _busy, Stopwatch.GetTimestamp() - started);
    }

    /// <summary>The next blocks to check; null when the time is up. A new round begins only when the last has ended.</summary>
    private (int First, int Count)? Take()
    {
        lock (_gate)
        {
            while (_taken == _checked.Length && _applied < _checked.Length && _failure is null)
                Monitor.Wait(_gate);
            // However short the time and late the thread, a part is taken: a rate of nothing says nothing.
            var deadline = Interlocked.Read(ref _deadline);
            if (deadline == 0 || (_taken > 0 && Stopwatch.GetTimestamp() >= deadline))
                return null;
            if (_taken == _checked.Length)
            {
                Array.Clear(_checked);
                _state = new ChainState(_input.Network.Constants);
                (_taken, _applied) = (0, 0);
            }

            var first = _taken;
            _taken = Math.Min(_checked.Length, _taken + Part);
            return (first, _taken - first);
        }
    }

    private CheckedBlock[] Check(IEnumerable<ArchiveRecord> records)
    {
        var checker = new BlockChecker(_input.Network.Constants, _proofs, new VerifiedHeaders());
        var blocks = records.Select(record => StreamableExtensions.Decode<FullBlock>(record.Bytes)).ToList();
        foreach (var header in checker.CheckHeaders([.. blocks.Select(block => block.HeaderBlock)], verifyProofOfTime: false))
            Demand(header.Rejection);
        return
        [
            .. blocks.Chunk(BlocksTogether).SelectMany(checker.Check)
                .Select(verdict => verdict.IsAccepted ? verdict.Value : throw Invalid(verdict.Rejection)),
        ];
    }

    private void Demand(Rejection? rejection)
    {
        if (rejection is not null)
            throw Invalid(rejection);
    }

    private UserException Invalid(Rejection rejection) => new($"{_input.Name}: a block is invalid: {rejection}", 1);

    private void Apply()
    {
        for (; _applied < _checked.Length && _checked[_applied] is { } block; _applied++)
        {
            var batch = _state.Begin();
            var result = batch.Receive(block, TimeProvider.System.GetUtcNow());
            if (!result.IsAdded)
                throw new UserException(
                    $"{_input.Name}: the block at height {block.Height} was not accepted: {result.Outcome} {result.Rejection}", 1);
            _state.Apply(batch);
            Blocks++;
        }
    }
}
