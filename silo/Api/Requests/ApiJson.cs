using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Outcomes;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Status;
using BlockVerification = Chia.Silo.Api.Shapes.BlockVerification;

namespace Chia.Silo.Api.Requests;

/// <summary>The API's JSON: without reflection at run time, names in snake case; strict about what it reads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(SnakeCaseEnum<BlockProof>), typeof(SnakeCaseEnum<StatusReason>)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(RateStatus))]
[JsonSerializable(typeof(BlockList))]
[JsonSerializable(typeof(BlockDetail))]
[JsonSerializable(typeof(BlockVerification))]
[JsonSerializable(typeof(BlockTree))]
[JsonSerializable(typeof(SeriesColumns))]
[JsonSerializable(typeof(PeerList))]
[JsonSerializable(typeof(FarmView))]
[JsonSerializable(typeof(TimelordView))]
[JsonSerializable(typeof(NetworkView))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(PeerRequest))]
[JsonSerializable(typeof(BanRequest))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(PlotRows))]
[JsonSerializable(typeof(ChallengeRows))]
[JsonSerializable(typeof(LogLevelView))]
[JsonSerializable(typeof(LogLevelRequest))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(BlockListRow))]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(NodeHealth))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>The API's shapes as they are read from whatever answers: only if nothing is missing of them. What may be null is left out
/// when it is.</summary>
internal static class CompleteShapes
{
    private static readonly JsonSerializerOptions Options = new(ApiJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.WithAddedModifier(ApiJson.Default, RequireWhatCannotBeNull),
    };

    /// <summary>The same shape, read so; another context's shape as it is.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) =>
        type.OriginatingResolver is ApiJson ? (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)) : type;

    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false })
                property.IsRequired = true;
        }
    }
}
