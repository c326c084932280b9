namespace Chia.Silo.Api;

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
