using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chia.Silo.Api;

/// <summary>Enums as words in snake case, as everything else of the API.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
