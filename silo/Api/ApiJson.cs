using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Outcomes;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Status;
using BlockVerification = Chia.Silo.Api.Shapes.BlockVerification;

namespace Chia.Silo.Api;

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
