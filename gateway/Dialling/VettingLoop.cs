using Chia.Gateway.Connections;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Dialling;

/// <summary>Tries out, for an introducer, the addresses that it hands out, so that it knows which are alive (DECISIONS 14).</summary>
internal sealed class VettingLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How many addresses are tried at one time: a full book is through within minutes, even if most are dead.</summary>
    private const int AtOnce = 20;

    private readonly PeerProbe _probe = new(services, dialler);
    private readonly Upkeep _upkeep = new(services, stopping);

    public Task Run() => _upkeep.Run(Look, Interval);

    private async Task<TimeSpan> Look()
    {
        var room = AtOnce - _upkeep.Visits;
        if (room > 0)
        {
            foreach (var candidate in await services.Directory.GetVettingCandidates(room).ConfigureAwait(false))
                _upkeep.Begin(() => TryOut(candidate));
        }

        return Interval;
    }

    private async Task TryOut(PeerAddress target)
    {
        if (await _probe.IsFullNode(target, stopping).ConfigureAwait(false))
            await services.Directory.Reached(target).ConfigureAwait(false);
        else
            await services.Directory.DialFailed(target).ConfigureAwait(false);
    }
}
