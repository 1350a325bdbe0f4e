/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: d
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `users`
--

DROP TABLE IF EXISTS `users`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `users` (
  `USER_ID` varchar(99) DEFAULT NULL,
  `AGE` bigint(20) DEFAULT NULL,
  `SCORE` double DEFAULT NULL,
  `VIP` tinyint(1) DEFAULT NULL,
  `MEMBER_SINCE` datetime DEFAULT NULL,
  `MEMBERSHIP_TYPE` varchar(20) DEFAULT NULL,
  `CITY` varchar(99) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `users`
--

LOCK TABLES `users` WRITE;
/*!40000 ALTER TABLE `users` DISABLE KEYS */;
INSERT INTO `users` VALUES
('u-2001',34,12.5,1,'2020-03-01 00:00:00','Gold','Zürich'),
('u-2002',NULL,0,0,NULL,'Silver','The \"Old\" Town'),
('00123',51,7.25,1,'2021-01-01 00:00:00','Gold','Bern, Altstadt'),
('u-2004',18,1234.5,0,'2021-12-31 23:59:59','Basic','Line one\nLine two'),
('u-2005',0,-3.75,1,'1970-01-01 00:00:00','Silver',''),
('u-2006',99,0.1,0,'2023-11-14 22:13:20','Gold',NULL),
('u-2007',42,100000,1,'2020-12-01 00:00:00','Basic','São Paulo'),
('u-2008',27,3,0,'2000-02-29 00:00:00','Gold','NA'),
('9007199254740993',61,2.5,1,'2020-03-01 00:00:00','Silver','北京'),
('u-2010',33,0.00001,0,NULL,'Basic','back\\slash'),
('u-2011',45,8,1,'2024-06-15 00:00:00','Gold','tab	here'),
('u-2012',3000000000,1.5,1,'2020-03-01 00:00:00','Gold','Basel'),
('u-2013',20,NULL,1,'2020-03-01 00:00:00','Gold','Genf'),
(NULL,21,1,1,'2020-03-01 00:00:00','Gold','Thun'),
('u-2001',35,13,0,'2020-03-01 00:00:00','Gold','Winterthur');
/*!40000 ALTER TABLE `users` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-12-01  4:49:46
