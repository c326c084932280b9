namespace Chia.Cryptography.Plots;

/// <summary>A filled piece of a table: in memory, or in a slot of the temporary file.</summary>
/// <param name="Buffer">The bytes, or null if they are in the file.</param>
/// <param name="Slot">Number of the slot in the file.</param>
/// <param name="Length">Bytes in use.</param>
internal readonly record struct Chunk(byte[]? Buffer, long Slot, int Length);
