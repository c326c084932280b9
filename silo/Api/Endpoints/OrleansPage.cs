using Chia.Silo.Api.Requests;
using Orleans.Dashboard;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Orleans' own page: grains and calls (OPERATIONS 3). It counts every call, so that a silent node would not be silent any more;
/// a node has it if it is asked to.</summary>
internal sealed class OrleansPage
{
    public const string Path = "/orleans";

    /// <summary>What mends that it is not there.</summary>
    private const string Absent = "the dashboard of Orleans is off here: start with --set dashboard=true; in a cluster silos have it";

    /// <summary>Puts it into a process whose silo has it.</summary>
    public static void Map(WebApplication app) => app.MapOrleansDashboard(Path);

    /// <summary>Says where it is.</summary>
    public static void MapAbsence(WebApplication app) => app.MapGet(Path, context =>
        Problems.Write(context, ApiException.NotFound(Absent)));
}
