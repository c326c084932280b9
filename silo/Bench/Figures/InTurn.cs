namespace Chia.Silo.Bench.Figures;

/// <summary>Measures several programs in turn, so that what else the machine does meets all of them.</summary>
internal static class InTurn
{
    /// <param name="programs">Their command lines.</param>
    /// <param name="rounds">Measurements of each.</param>
    /// <param name="measure">Measures a program, given its number and the round, both from 0.</param>
    /// <returns>The measurements of each, in order.</returns>
    public static async Task<List<T>[]> Measure<T>(string[][] programs, int rounds, Func<int, int, Task<T>> measure)
    {
        var measured = programs.Select(_ => new List<T>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < programs.Length; i++)
                measured[i].Add(await measure(i, round));
        }

        return measured;
    }
}
