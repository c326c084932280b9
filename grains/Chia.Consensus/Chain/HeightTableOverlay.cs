using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>A batch's changes of the height table, which holds exactly the chain to the least common ancestor
/// (CONSENSUS.md 13.4).</summary>
internal sealed class HeightTableOverlay(ChainState state)
{
    private readonly Dictionary<uint, Bytes32> _changed = [];
    private uint _length = state.TableLength;

    /// <summary>Makes the table end in a block: walks back to where the table agrees already.</summary>
    public void MoveTo(IAncestry ancestry, BlockRecord end)
    {
        for (var current = end; current.Height >= _length || At(current.Height) != current.HeaderHash;)
        {
            _changed[current.Height] = current.HeaderHash;
            if (current.Height == 0 || !ancestry.TryGet(current.PrevHeaderHash, out current))
                break;
        }

        _length = end.Height + 1;
    }

    /// <summary>All changes against the state's table.</summary>
    public HeightTableChange ToChange()
    {
        var set = new List<HeightEntry>();
        foreach (var (height, hash) in _changed)
        {
            if (height < _length && (height >= state.TableLength || state.TableAt(height) != hash))
                set.Add(new HeightEntry(height, hash));
        }

        set.Sort((a, b) => a.Height.CompareTo(b.Height));
        return new(_length, set);
    }

    private Bytes32 At(uint height) => _changed.TryGetValue(height, out var hash) ? hash : state.TableAt(height);
}
