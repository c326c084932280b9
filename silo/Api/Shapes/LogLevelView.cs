using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>Which log lines are written.</summary>
/// <param name="Levels">Level by category; <c>default</c> is for every other.</param>
internal sealed record LogLevelView(IReadOnlyDictionary<string, string> Levels);

/// <summary>A change of it.</summary>
/// <param name="Category">A category such as <c>Chia.Gateway</c>, and those below it; <c>default</c> for every other.</param>
/// <param name="Level">trace, debug, information, warning, error or none.</param>
internal sealed record LogLevelRequest([property: JsonRequired] string Category, [property: JsonRequired] string Level);
