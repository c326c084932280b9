using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>Which unfinished blocks are worth passing on: the fastest at the greatest height, and those not much slower (SYNC.md 4.1 step
/// 7).</summary>
/// <remarks>
/// In the reference the leader is never lowered. Here it leads only as long as it can be the next block: when a block of its height is
/// there, or its parent is a tip no more, it is over. Otherwise a chain whose newest block no plot answers could never be led around it,
/// and after a reorganisation to a heavier chain that is shorter no block would be made for a long time.
/// </remarks>
internal sealed class UnfinishedLeader
{
    private readonly ulong _threshold;
    private Bytes32 _parent;
    private uint _height;
    private ulong _seconds = ulong.MaxValue;

    /// <param name="threshold">PROPAGATION_THRESHOLD: seconds that a slower block may lag.</param>
    public UnfinishedLeader(ulong threshold) => _threshold = threshold;

    /// <summary>True if a block, expected to be finished in this many seconds, is to be stored and passed on.</summary>
    /// <param name="height">Its height.</param>
    /// <param name="parent">Its parent, one of the tips.</param>
    /// <param name="seconds">Seconds.</param>
    /// <param name="chain">The chain now.</param>
    public bool Admit(uint height, Bytes32 parent, ulong seconds, ChainSnapshot chain)
    {
        var isOver = chain.Heaviest.Height >= _height || !chain.Tips.Any(tip => tip.HeaderHash == _parent);
        if (!isOver && height < _height)
            return false;
        if (!isOver && height == _height && seconds > _seconds && seconds - _seconds > _threshold)
            return false;
        if (isOver || height > _height || seconds < _seconds)
            (_parent, _height, _seconds) = (parent, height, seconds);
        return true;
    }
}
