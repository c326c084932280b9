using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Silo.Bench;

/// <summary>
/// Validates a recorded chain in memory, as a node does: the context-free rules of many blocks at once, the contextual ones in order. When the
/// chain ends before the time is up, it begins again.
/// </summary>
internal sealed class ChainValidation
{
    private readonly ChainInput _input;
    private readonly BlockChecker _checker;
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
        _checker = new BlockChecker(input.Network.Constants, new ProofVerifier(Timings));
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
            while (Take() is { } index)
            {
                var block = Check(_input.Records[index].Bytes);
                lock (_gate)
                {
                    _checked[index] = block;
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

    /// <summary>The next block to check; null when the time is up. A new round begins only when the last has ended.</summary>
    private int? Take()
    {
        lock (_gate)
        {
            while (_taken == _checked.Length && _applied < _checked.Length && _failure is null)
                Monitor.Wait(_gate);
            if (Stopwatch.GetTimestamp() >= Interlocked.Read(ref _deadline))
                return null;
            if (_taken == _checked.Length)
            {
                Array.Clear(_checked);
                _state = new ChainState(_input.Network.Constants);
                (_taken, _applied) = (0, 0);
            }

            return _taken++;
        }
    }

    private CheckedBlock Check(byte[] bytes)
    {
        var verdict = _checker.Check(StreamableExtensions.Decode<FullBlock>(bytes));
        return verdict.IsAccepted ? verdict.Value : throw new UserException($"{_input.Name}: a block is invalid: {verdict.Rejection}", 1);
    }

    private void Apply()
    {
        for (; _applied < _checked.Length && _checked[_applied] is { } block; _applied++)
        {
            var batch = _state.Begin();
            var result = batch.Receive(block, DateTimeOffset.UtcNow);
            if (!result.IsAdded)
                throw new UserException($"{_input.Name}: the block at height {block.Height} was not accepted: {result.Outcome} {result.Rejection}", 1);
            _state.Apply(batch);
            Blocks++;
        }
    }
}
