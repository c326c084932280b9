using Chia.Silo.Commands;
using Chia.Silo.Views;

Terminal.Guard();
return await ChiaCommand.Run(args);
