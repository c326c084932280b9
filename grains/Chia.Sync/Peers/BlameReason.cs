namespace Chia.Sync.Peers;

/// <summary>What a peer is blamed for. Each is something an honest node never does.</summary>
public enum BlameReason
{
    /// <summary>An announced block whose parts contradict each other.</summary>
    MalformedTip,

    /// <summary>An announced block that fails a context-free rule.</summary>
    InvalidTip,

    /// <summary>An announced block claims a weight that its verified chain does not have.</summary>
    FalseWeight,

    /// <summary>An answer to a question that was never put to the peer: another tip, other heights, nothing at all.</summary>
    WrongAnswer,

    /// <summary>A hash list that does not begin with genesis, end with the target, or have its length; or one proven false.</summary>
    WrongHashList,

    /// <summary>A hash list that its own headers contradict: parent links or consensus rules fail on it.</summary>
    FalseChain,

    /// <summary>Headers that do not hash to the list: the peer's own, or a proven one.</summary>
    WrongHeaders,

    /// <summary>A header with a malformed or invalid proof of time or challenge.</summary>
    InvalidHeaderCopy,

    /// <summary>Blocks that do not hash to the proven list.</summary>
    WrongBlocks,

    /// <summary>A block with a wrong body, proof or challenge under the right header.</summary>
    InvalidBlockCopy,

    /// <summary>Announced, listed or served a chain that breaks a rule its hashes pin.</summary>
    InvalidChain,

    /// <summary>Announced a target and answered nothing about it.</summary>
    AnnouncedButSilent,
}
