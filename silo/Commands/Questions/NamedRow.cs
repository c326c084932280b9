using System.Globalization;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary>A line of an answer: a name, and behind it what came from the node.</summary>
internal static class NamedRow
{
    public static void Print(string name, FormattableString value) =>
        Console.Out.WriteLine(Printable.Escape($"{name,-15}{value.ToString(CultureInfo.InvariantCulture)}"));
}
