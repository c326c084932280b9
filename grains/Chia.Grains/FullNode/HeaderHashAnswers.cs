using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// Lists of header hashes, ready to be sent. A list grows by 34 bytes a block and is asked for by everybody who syncs: the last one is
/// kept, the next takes over what it has in common with it, and the rest is asked of the chain in parts and put in place on the thread
/// pool, so that neither the chain's turns nor the full node's grow with the chain.
/// </summary>
/// <param name="chain">Whose hashes.</param>
internal sealed class HeaderHashAnswers(IBlockchainGrain chain)
{
    /// <summary>Hashes of the first part: the list before ends a block or a few ago.</summary>
    private const int FirstPart = 16;

    /// <summary>Hashes of the other parts, 128 kB: a tenth of a millisecond of the chain.</summary>
    private const int Part = 4096;

    private Answer? _last;
    private Task<Answer?>? _underWay;
    private Bytes32 _underWayTo;

    /// <summary>The list that ends in a tip, the same object for all who ask one after the other; null if the tip is unknown, or too high
    /// for one frame.</summary>
    public async Task<OutboundMessage?> To(Bytes32 tip)
    {
        if (_last is { } known && known.Tip == tip)
            return known.Message;
        if (_underWay is not { } work || _underWayTo != tip)
        {
            var last = _last;
            (_underWay, _underWayTo) = (work = Task.Run(() => Make(tip, last)), tip);
        }

        try
        {
            if (await work is not { } answer)
                return null;
            _last = answer;
            return answer.Message;
        }
        finally
        {
            if (_underWay == work)
                _underWay = null;
        }
    }

    private async Task<Answer?> Make(Bytes32 tip, Answer? last)
    {
        if (await chain.GetInfo(tip) is not { Height: var height and < ItemLimits.HeaderHashes })
            return null;
        var list = new HeaderHashFrame((int)height + 1);
        for (var (end, part) = ((int)height + 1, FirstPart); end > 0; part = Part)
        {
            var first = Math.Max(0, end - part);
            if (await chain.GetHeaderHashes(tip, (uint)first, end - first) is not { } hashes)
                return null;
            list.Put(first, hashes);

            // Where two lists agree they agree in all that lies below: a hash covers the one before it.
            var common = last is null ? 0 : list.AgreesWith(last.List, first, end);
            if (common > 0)
                list.Put(last!.List, common);
            end = common > 0 ? 0 : first;
        }

        return new Answer(tip, list, new OutboundMessage(Role.FullNode, AllHeaderHashesMessage.Name, list.Frame));
    }

    private sealed record Answer(Bytes32 Tip, HeaderHashFrame List, OutboundMessage Message);
}
