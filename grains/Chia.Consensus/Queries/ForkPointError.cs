namespace Chia.Consensus.Queries;

/// <summary>Why a list of header hashes has no fork point with the own chain (CONSENSUS.md 15.3).</summary>
public enum ForkPointError
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The list is empty.</summary>
    EmptyList,

    /// <summary>There is no own chain.</summary>
    NoChain,

    /// <summary>The list is not longer than the chain to the least common ancestor. Only the reference's search minds.</summary>
    AlternativeShorter,

    /// <summary>The list begins with another block than the own chain.</summary>
    WrongGenesis,
}
