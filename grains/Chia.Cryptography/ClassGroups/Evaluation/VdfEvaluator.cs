using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.ExceptionServices;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>
/// Evaluates the delay function for one challenge and proves it, for as many iteration counts as are asked for (VDF.md 9).
/// The caller gives a thread to <see cref="Run"/>, which squares; proofs of the segments already passed are computed on
/// threads of their own meanwhile. All other members may be called from any thread at any time.
/// </summary>
/// <remarks>
/// Memory is bounded: the checkpoints (see <see cref="VdfEvaluatorOptions.MaximumCheckpoints"/>, 36 MB by default), and for
/// each prover about a megabyte of forms and two bytes for each digit of the segment in work, which from some ten
/// thousand iterations on is a fifth of a byte per iteration.
/// </remarks>
public sealed class VdfEvaluator
{
    /// <summary>Largest count that can be asked for, as in the network's own timelord: half an hour and more of squaring.</summary>
    public const ulong MaximumIterations = 300_000_000;

    /// <summary>Iterations between checkpoints at first; ten leaves the choice of digits of 1, 2, 5 and 10 bits.</summary>
    private const int InitialSpacing = 10;

    private readonly Bytes32 _challenge;
    private readonly int _discriminantBits;
    private readonly VdfEvaluatorOptions _options;
    private readonly LimbBackend _backend;

    /// <summary>Guards the requests and the clock; pulsed when a request or a head start comes or the run is cancelled.</summary>
    private readonly object _gate = new();
    private readonly HashSet<ulong> _requested = [];
    private readonly PriorityQueue<SegmentTask, ulong> _waiting = new();
    private readonly BlockingCollection<(SegmentTask Task, CheckpointStore Store)> _ready = [];
    private int _pendingProofs;
    private TimeSpan _activeTime;
    private long? _activeSince;
    private ExceptionDispatchInfo? _failure;
    private int _started;

    // Written by the evaluating thread only, and read by others for progress: iterations; by requesters: the next end, the head start.
    private ulong _iterations;
    private ulong _nextEnd = ulong.MaxValue;
    private ulong _headStart;

    /// <summary>Prepares an evaluation; nothing is computed before <see cref="Run"/>.</summary>
    /// <param name="challenge">The challenge hash, seed of the discriminant.</param>
    /// <param name="discriminantBits">Length of the network's discriminants in bits (1024).</param>
    /// <param name="options">Witness type, segments, threads and memory; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or an option is out of range.</exception>
    public VdfEvaluator(Bytes32 challenge, int discriminantBits, VdfEvaluatorOptions? options = null)
        : this(challenge, discriminantBits, options ?? new VdfEvaluatorOptions(), ClassGroupBackend.Default)
    {
    }

    internal VdfEvaluator(Bytes32 challenge, int discriminantBits, VdfEvaluatorOptions options, LimbBackend backend)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(discriminantBits, Discriminant.MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(discriminantBits, Discriminant.MaximumBits);
        ArgumentOutOfRangeException.ThrowIfNegative(options.WitnessType);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WitnessType, VdfEvaluatorOptions.MaximumWitnessType);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ProverThreads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumCheckpoints, 3);
        (_challenge, _discriminantBits, _options, _backend) = (challenge, discriminantBits, options, backend);
    }

    /// <summary>
    /// A proof is finished and has passed our own verification. Raised on a prover's thread; an exception from a handler
    /// ends the run.
    /// </summary>
    public event Action<ProofOfTime>? ProofReady;

    /// <summary>Takes the place of the real arithmetic in tests of what happens when it fails.</summary>
    internal Func<BigInteger, VdfEngine>? EngineFactory { get; init; }

    /// <summary>Iterations, speed and open requests.</summary>
    public VdfProgress Progress
    {
        get
        {
            lock (_gate)
            {
                var iterations = Volatile.Read(ref _iterations);
                var active = _activeTime;
                if (_activeSince is { } since)
                    active += _options.TimeProvider.GetElapsedTime(since);
                return new VdfProgress(
                    iterations,
                    active > TimeSpan.Zero ? iterations / active.TotalSeconds : 0,
                    _pendingProofs);
            }
        }
    }

    /// <summary>
    /// Asks for the proof of so many iterations; they may already have been passed, then the proof follows from the
    /// checkpoints.
    /// </summary>
    /// <returns>False if the same count was asked for before; its proof comes, or came, once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// More than <see cref="MaximumIterations"/>, or less than 3, which only a witness of type 0 can prove.
    /// </exception>
    public bool Request(ulong iterations)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaximumIterations);
        var proof = new ProofInProgress(
            iterations, SegmentPlan.Lengths(iterations, _options.WitnessType, _options.SegmentRule));
        lock (_gate)
        {
            if (!_requested.Add(iterations))
                return false;
            _pendingProofs++;
            foreach (var segment in proof.Segments)
                _waiting.Enqueue(segment, segment.End);
            PublishNextEnd();
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>
    /// Squares on without a request until so many iterations are done, to be ahead when one comes: it is proven from the
    /// checkpoints as far as it was passed. Requests are not held up by it.
    /// </summary>
    /// <param name="iterations">Counted from the generator; takes the place of what was said before. 0 ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaximumIterations"/>.</exception>
    public void SquareAhead(ulong iterations)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaximumIterations);
        lock (_gate)
        {
            Volatile.Write(ref _headStart, iterations);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Squares on the calling thread until cancelled, stopping for as long as neither a request nor the end of the head
    /// start (<see cref="SquareAhead"/>) lies ahead. Returns when cancelled, after the provers' threads have ended; their unfinished
    /// proofs are lost. To be called once.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called a second time.</exception>
    /// <exception cref="ArithmeticException">
    /// The machine miscalculated: a division that must be exact was not, or a finished proof did not verify. Nothing this
    /// evaluation holds can be trusted any more; start another.
    /// </exception>
    public void Run(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("an evaluation runs once");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var wake = stop.Token.Register(() =>
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        });
        var discriminant = Discriminant.Create(_challenge.Span, _discriminantBits, 1, _backend);
        var engine = EngineFactory?.Invoke(discriminant) ?? VdfEngine.Create(discriminant, _backend);
        var provers = new Thread[_options.ProverThreads];
        for (var i = 0; i < provers.Length; i++)
        {
            provers[i] = new Thread(() => Prove(engine.NewProver(), discriminant, stop)) { IsBackground = true, Name = "vdf-prover" };
            provers[i].Start();
        }

        try
        {
            SetActive(true);
            Evaluate(engine, (int)BigInteger.Abs(discriminant).GetBitLength(), stop.Token);
        }
        finally
        {
            SetActive(false);
            stop.Cancel();
            foreach (var prover in provers)
                prover.Join();
        }

        _failure?.Throw();
    }

    private void Evaluate(VdfEngine engine, int bits, CancellationToken stop)
    {
        var store = new CheckpointStore(bits, InitialSpacing, _options.MaximumCheckpoints | 1);
        engine.Save(store);
        ulong iterations = 0;
        while (!stop.IsCancellationRequested)
        {
            // The prover finds its way from the last checkpoint to any iteration before the next one.
            var next = Volatile.Read(ref _nextEnd);
            if (next < iterations + (ulong)store.Spacing)
            {
                HandOver(store, iterations + (ulong)store.Spacing);
            }
            else if (next == ulong.MaxValue && Volatile.Read(ref _headStart) <= iterations)
            {
                WaitForWork(iterations, stop);
            }
            else if (store.IsFull)
            {
                // An odd maximum makes the last checkpoint of a full store one of those that stay. The wider spacing may reach past the
                // next end.
                store = store.Thinned(bits);
            }
            else
            {
                engine.Advance(store.Spacing);
                engine.Save(store);
                iterations += (ulong)store.Spacing;
                Volatile.Write(ref _iterations, iterations);
            }
        }
    }

    /// <summary>Gives the provers the segments that end before <paramref name="limit"/>.</summary>
    private void HandOver(CheckpointStore store, ulong limit)
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var segment, out var end) && end < limit)
            {
                _waiting.Dequeue();
                _ready.Add((segment, store), CancellationToken.None);
            }

            PublishNextEnd();
        }
    }

    private void WaitForWork(ulong iterations, CancellationToken stop)
    {
        SetActive(false);
        lock (_gate)
        {
            while (_waiting.Count == 0 && _headStart <= iterations && !stop.IsCancellationRequested)
                Monitor.Wait(_gate);
        }

        SetActive(true);
    }

    private void PublishNextEnd() =>
        Volatile.Write(ref _nextEnd, _waiting.TryPeek(out _, out var end) ? end : ulong.MaxValue);

    private void SetActive(bool active)
    {
        lock (_gate)
        {
            if (_activeSince is { } since)
                _activeTime += _options.TimeProvider.GetElapsedTime(since);
            _activeSince = active ? _options.TimeProvider.GetTimestamp() : null;
        }
    }

    /// <summary>A prover's thread.</summary>
    private void Prove(
        Func<CheckpointStore, ulong, ulong, CancellationToken, WesolowskiSegment> prover,
        BigInteger discriminant,
        CancellationTokenSource stop)
    {
        try
        {
            foreach (var (task, store) in _ready.GetConsumingEnumerable(stop.Token))
            {
                var segment = prover(store, task.From, task.Iterations, stop.Token);
                if (task.Proof.Accept(task.Index, segment))
                    Finish(task.Proof, discriminant);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            stop.Cancel();
        }
    }

    private void Finish(ProofInProgress finished, BigInteger discriminant)
    {
        var proof = finished.Assemble(_challenge, discriminant);
        var verdict = ProofOfTimeVerifier.Verify(proof, discriminant, 1, _backend);
        if (verdict != ProofOfTimeVerdict.Valid)
            throw new ArithmeticException($"our proof of {proof.NumberOfIterations} iterations does not verify: {verdict}");
        lock (_gate)
            _pendingProofs--;
        ProofReady?.Invoke(proof);
    }
}

/// <summary>Where an evaluation stands.</summary>
/// <param name="Iterations">Squarings done.</param>
/// <param name="IterationsPerSecond">Mean over the time spent squaring, idle time left out; 0 before the first.</param>
/// <param name="PendingProofs">Requests whose proofs are not ready.</param>
public readonly record struct VdfProgress(ulong Iterations, double IterationsPerSecond, int PendingProofs);
