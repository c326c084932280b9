using System.Text.Json.Serialization;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Requests;

/// <summary>What kind of problem a request met; closed, for programs.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ProblemCode>))]
internal enum ProblemCode
{
    /// <summary>A parameter or the body is not what it must be.</summary>
    BadParameter,

    /// <summary>There is no such block, peer, node or path.</summary>
    NotFound,

    /// <summary>The node that was asked has no such role.</summary>
    NoSuchRole,

    /// <summary>The path is there, and takes another method.</summary>
    WrongMethod,

    /// <summary>The request does not come from this machine's own pages and programs.</summary>
    ForeignOrigin,

    /// <summary>A token is needed, and it was not there or is another one.</summary>
    Unauthorized,

    /// <summary>The node starts, stops, or a part of the cluster does not answer.</summary>
    Unavailable,

    /// <summary>A fault of ours.</summary>
    InternalError,
}

/// <summary>A problem document (RFC 9457).</summary>
/// <param name="Type">Always <c>about:blank</c>: <paramref name="Code"/> tells the kind.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status code.</param>
/// <param name="Code">The kind.</param>
/// <param name="Detail">What was wrong.</param>
internal sealed record Problem(string Type, string Title, int Status, ProblemCode Code, string Detail);

/// <summary>A request that gets a problem document instead of its answer.</summary>
/// <param name="status">Status code of HTTP.</param>
/// <param name="code">What kind of problem, for programs.</param>
/// <param name="detail">What was wrong, for people.</param>
internal sealed class ApiException(int status, ProblemCode code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public ProblemCode Code { get; } = code;

    public static ApiException BadParameter(string detail) => new(StatusCodes.Status400BadRequest, ProblemCode.BadParameter, detail);

    public static ApiException NotFound(string detail) => new(StatusCodes.Status404NotFound, ProblemCode.NotFound, detail);

    /// <summary>The node that was asked has no such role.</summary>
    public static ApiException NoRole(string detail) => new(StatusCodes.Status404NotFound, ProblemCode.NoSuchRole, detail);
}
