namespace Chia.Silo.Views;

/// <summary>What a mistyped word may have been meant to be.</summary>
internal static class Suggestion
{
    /// <summary>Letters wrong, missing, too many or swapped, at most.</summary>
    private const int MostSlips = 2;

    /// <summary>The nearest of the known words; null if none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What there is.</param>
    /// <param name="lettersPerSlip">How long a known word is at least for each slip: more where words of others are to be expected.</param>
    public static string? For(string word, IEnumerable<string> known, int lettersPerSlip = 2) =>
        known.Select(k => (Word: k, Slips: Slips(word, k)))
            .Where(k => k.Slips <= Math.Min(MostSlips, k.Word.Length / lettersPerSlip))
            .OrderBy(k => k.Slips)
            .Select(k => k.Word)
            .FirstOrDefault();

    /// <summary>The end of a complaint about a word: whether the nearest of the known ones was meant; empty if none is near.</summary>
    public static string Question(string word, IEnumerable<string> known) =>
        For(word, known) is { } meant ? $": did you mean '{meant}'?" : "";

    /// <summary>Edits from one word to the other, with neighbours swapped counted as one (optimal string alignment).</summary>
    public static int Slips(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(
                    Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1,
                    distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                distance[i, j] = best;
            }
        }

        return distance[a.Length, b.Length];
    }
}
