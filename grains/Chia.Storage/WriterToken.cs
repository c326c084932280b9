namespace Chia.Storage;

/// <summary>
/// Right to change the chain. Each <see cref="IBlockStore.TakeWriter"/> gives a higher one and voids all earlier ones,
/// because two activations of the chain's owner can exist for a moment (ORLEANS.md, Grains).
/// </summary>
/// <param name="Epoch">Counts the takings, from 1.</param>
public readonly record struct WriterToken(long Epoch);
