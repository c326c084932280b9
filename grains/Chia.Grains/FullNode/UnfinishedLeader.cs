namespace Chia.Grains.FullNode;

/// <summary>Which unfinished blocks are worth passing on: the fastest at the greatest height, and those not much slower (SYNC.md 4.1 step 7).</summary>
internal sealed class UnfinishedLeader
{
    private readonly ulong _threshold;
    private uint _height;
    private ulong _seconds = ulong.MaxValue;

    /// <param name="threshold">PROPAGATION_THRESHOLD: seconds that a slower block may lag.</param>
    public UnfinishedLeader(ulong threshold) => _threshold = threshold;

    /// <summary>True if a block of this height, expected to be finished in this many seconds, is to be stored and passed on.</summary>
    public bool Admit(uint height, ulong seconds)
    {
        if (height < _height)
            return false;
        if (height == _height && seconds > _seconds && seconds - _seconds > _threshold)
            return false;
        if (height > _height || seconds < _seconds)
            (_height, _seconds) = (height, seconds);
        return true;
    }
}
