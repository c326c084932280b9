namespace Chia.Grains.Chain;

/// <summary>
/// The store has something that the chain in memory does not know: a commit whose answer was lost had happened. Whoever commits on top of
/// the chain in memory would make the store contradict itself; it has to be loaded anew.
/// </summary>
internal sealed class ChainOutdatedException(string location)
    : Exception($"the store {location} has taken a commit that it seemed to refuse: the chain is loaded anew");
