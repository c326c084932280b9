using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Events;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Broadcast;

/// <summary>
/// Numbers one role's broadcasts, puts them on their stream, and tells them to the gateways that are there. One publisher, so that
/// gateways can see gaps; and nobody who publishes waits for anybody who hears (CLUSTER.md 3, Broadcasts).
/// </summary>
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class BroadcastGrain : Grain, IBroadcastGrain
{
    /// <summary>How soon a gateway that shows up is told directly; until then it hears the stream.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>A silo that hands over its work gives what is on its way this long: it takes milliseconds, or does not arrive.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Guid _epoch = Guid.NewGuid();
    private readonly TimeProvider _time;
    private readonly ILogger<BroadcastGrain> _log;
    private readonly BroadcastHearers _hearers;
    private BroadcastOutbox _stream = null!;
    private IBroadcastDirectoryGrain _directory = null!;
    private long _sequence;
    private bool _hasLooked;

    /// <summary>Orleans makes it, with what the silo offers.</summary>
    public BroadcastGrain(TimeProvider time, ILogger<BroadcastGrain> log)
    {
        (_time, _log) = (time, log);
        _hearers = new BroadcastHearers((gateway, error) => BroadcastLog.NotTold(_log, gateway, error.Message), time);
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
        var often = new GrainTimerCreationOptions(TimeSpan.Zero, Look) { KeepAlive = true, Interleave = true };
        this.RegisterGrainTimer(LookForHearers, often);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.WhenAny(Task.WhenAll(_stream.Idle, _hearers.Idle), Task.Delay(LastWords, _time, cancellationToken));

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

    /// <summary>Only while somebody might miss something: silence costs nothing.</summary>
    private async Task LookForHearers(CancellationToken cancellation)
    {
        if (_hasLooked && !_hearers.MayBeMissed)
            return;
        try
        {
            _hearers.Update(await _directory.GetHearers());
            _hasLooked = true;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            BroadcastLog.NobodyKnown(_log, this.GetPrimaryKeyString(), error.Message);
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
    public static partial void NotTold(ILogger logger, string gateway, string why);

    [LoggerMessage(1031, LogLevel.Information, "A broadcast of {Key} did not reach its stream; gateways are told directly, or ask: {Why}")]
    public static partial void NotPublished(ILogger logger, string key, string why);

    [LoggerMessage(1032, LogLevel.Debug, "The directory of {Key} does not say just now which gateways hear: {Why}")]
    public static partial void NobodyKnown(ILogger logger, string key, string why);
}
