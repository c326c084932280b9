using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Diagnostics;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Broadcast;

/// <summary>
/// Numbers the broadcasts of one role to peers of one role, publishes them on their stream, and delivers them to the known gateways
/// directly as well. There is one publisher, so that gateways can detect gaps. Publishing never waits for a consumer
/// (CLUSTER.md 3, Broadcasts).
/// </summary>
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class BroadcastGrain : Grain, IBroadcastGrain
{
    /// <summary>How often the directory is asked for new gateways; until one is found, it hears broadcasts by the stream only.</summary>
    private static readonly TimeSpan HearersInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a deactivation waits for what is being delivered: that takes milliseconds, or does not succeed.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly Guid _epoch = Guid.NewGuid();
    private readonly TimeProvider _time;
    private readonly ILogger<BroadcastGrain> _log;
    private readonly BroadcastHearers _hearers;
    private BroadcastOutbox _stream = null!;
    private IBroadcastDirectoryGrain _directory = null!;
    private long _sequence;
    private bool _knowsHearers;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public BroadcastGrain(TimeProvider time, ILogger<BroadcastGrain> log)
    {
        (_time, _log) = (time, log);
        _hearers = new BroadcastHearers((gateway, error) => BroadcastLog.NotDelivered(_log, gateway, error.Message), time);
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var stream = this.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, key));
        _stream = new BroadcastOutbox(
            items => items.Length == 1 ? stream.OnNextAsync(items[0]) : stream.OnNextBatchAsync(items),
            error => BroadcastLog.NotPublished(_log, key, error.Message));
        _directory = GrainFactory.GetGrain<IBroadcastDirectoryGrain>(key[..key.LastIndexOf('/')]);
        var polling = new GrainTimerCreationOptions(TimeSpan.Zero, HearersInterval) { KeepAlive = true, Interleave = true };
        this.RegisterGrainTimer(FindHearers, polling);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.WhenAny(Task.WhenAll(_stream.Idle, _hearers.Idle), Task.Delay(DrainTime, _time, cancellationToken));

    /// <inheritdoc/>
    public Task Publish(OutboundMessage[] messages, ConnectionId? except)
    {
        using var activity = ChiaActivity.Start("chia.broadcast.publish");
        activity?.SetTag("chia.message", messages[0].Function);
        BroadcastItem[] items = [.. messages.Select(message => Number(message, except))];
        _hearers.Tell(items);
        _stream.Put(items);
        return Task.CompletedTask;
    }

    /// <summary>Asks the directory which gateways there are, unless nothing was published lately that one could have missed.</summary>
    private async Task FindHearers(CancellationToken cancellation)
    {
        _hearers.ForgetOld();
        if (_knowsHearers && !_hearers.HasRecent)
            return;
        try
        {
            _hearers.Update(await _directory.GetHearers());
            _knowsHearers = true;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            BroadcastLog.HearersUnknown(_log, this.GetPrimaryKeyString(), error.Message);
        }
    }

    /// <inheritdoc/>
    public Task<BroadcastPosition> GetPosition() => Task.FromResult(new BroadcastPosition(_epoch, _sequence));

    private BroadcastItem Number(OutboundMessage message, ConnectionId? except) =>
        new(_epoch, ++_sequence, message.To, message.Function, message.Frame, except)
        {
            Published = _time.GetUtcNow(),
            TraceParent = System.Diagnostics.Activity.Current?.Id,
        };
}

internal static partial class BroadcastLog
{
    [LoggerMessage(1030, LogLevel.Debug, "Gateway {Gateway} was not told of a broadcast directly: {Why}")]
    public static partial void NotDelivered(ILogger logger, string gateway, string why);

    [LoggerMessage(1031, LogLevel.Information, "A broadcast of {Key} did not reach its stream; gateways are told directly, or ask: {Why}")]
    public static partial void NotPublished(ILogger logger, string key, string why);

    [LoggerMessage(1032, LogLevel.Debug, "The directory of {Key} does not say just now which gateways hear: {Why}")]
    public static partial void HearersUnknown(ILogger logger, string key, string why);
}
